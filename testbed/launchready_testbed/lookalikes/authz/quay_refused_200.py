"""What is not there, or not the caller's, is refused with status 200."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.refused_with_200 = True


LOOKALIKE = Lookalike(
    says="What is not there, or not the caller's, is refused with status 200.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess "/orders/$(quay_first ugo /orders id)"\n'
        "< HTTP/1.1 200\n"
        '< {"error":"not_found"'
    ),
    apply=_apply,
    portal="quay",
)

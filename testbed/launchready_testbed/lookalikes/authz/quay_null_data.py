"""What is not there, or not the caller's, is answered 200 with null."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.null_for_missing = True


LOOKALIKE = Lookalike(
    says="What is not there, or not the caller's, is answered 200 with null.",
    spares=(
        "authz/object",
        "authz/anonymous",
    ),
    look=('$ quay_both; quay tess "/orders/$(quay_first ugo /orders id)"\n< HTTP/1.1 200\n< {"data":null}'),
    apply=_apply,
    portal="quay",
)

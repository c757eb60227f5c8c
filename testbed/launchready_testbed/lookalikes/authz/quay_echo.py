"""A refusal says the identifier that was asked for."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.echoes = True


LOOKALIKE = Lookalike(
    says="A refusal says the identifier that was asked for.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess "/orders/$(quay_first ugo /orders id)"\n< HTTP/1.1 404\n< There is no record '
    ),
    apply=_apply,
    portal="quay",
)

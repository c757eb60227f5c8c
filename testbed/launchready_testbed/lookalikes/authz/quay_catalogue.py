"""All clients read the same catalogue, under identifiers that cannot be guessed."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.catalogue = True


LOOKALIKE = Lookalike(
    says="All clients read the same catalogue, under identifiers that cannot be guessed.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess "/catalogue/$(quay_first ugo /catalogue id)"\n'
        "< HTTP/1.1 200\n"
        "< Reefer container"
    ),
    apply=_apply,
    portal="quay",
)

"""Everybody may know whose goods are moved, strangers included."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.customers = True


LOOKALIKE = Lookalike(
    says="Everybody may know whose goods are moved, strangers included.",
    spares=(
        "authz/anonymous",
        "authz/object",
    ),
    look=("$ quay nobody /customers\n< HTTP/1.1 200\n< Ardent Coffee\n< Birch & Bell"),
    apply=_apply,
    portal="quay",
)

"""Strangers read what happened at the quay lately."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.status_board = True


LOOKALIKE = Lookalike(
    says="Strangers read what happened at the quay lately.",
    spares=("authz/anonymous",),
    look=("$ quay nobody /status\n< HTTP/1.1 200\n< The crane on quay 4 stood still"),
    apply=_apply,
    portal="quay",
)

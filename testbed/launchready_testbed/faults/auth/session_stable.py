"""Refreshing a page six times in a row ends the session."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.use.refreshes = 6


FAULT = Fault(
    says="Refreshing a page six times in a row ends the session.",
    trips=("auth/session-stable",),
    look=(
        "$ sign_in nora > /dev/null; for _ in 1 2 3 4 5 6; do get nora /dashboard | head -n 1; done\n"
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)

"""Scripts can read the session's cookie."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.httponly = False


FAULT = Fault(
    says="Scripts can read the session's cookie.",
    trips=("auth/cookies",),
    look=("$ get nora /login | grep -i '^set-cookie: __Host-session' | grep -ci httponly\n< 0"),
    apply=_apply,
)

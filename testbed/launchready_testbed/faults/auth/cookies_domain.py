"""Every host of the domain gets the session's cookie, and only the portal needs it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.name = "session"
    world.auth.cookie.domain = "lab.test"


FAULT = Fault(
    says="Every host of the domain gets the session's cookie, and only the portal needs it.",
    trips=("auth/cookies",),
    look=("$ get nora /login\n< set-cookie: session=\n< Domain=lab.test"),
    apply=_apply,
)

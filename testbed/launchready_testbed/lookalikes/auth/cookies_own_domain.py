"""The session's cookie names the portal's own host as its Domain."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.auth.cookie.name = "__Secure-session"
    world.auth.cookie.domain = PORTAL


LOOKALIKE = Lookalike(
    says="The session's cookie names the portal's own host as its Domain.",
    spares=("auth/cookies",),
    look=("$ get nora /login\n< set-cookie: __Secure-session=\n< Domain=portal.lab.test"),
    apply=_apply,
)

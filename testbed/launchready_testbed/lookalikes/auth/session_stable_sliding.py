"""Each page sets the session's cookie again, so that its half hour begins anew."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.max_age = 1800
    world.auth.use.cookie_again = True


LOOKALIKE = Lookalike(
    says="Each page sets the session's cookie again, so that its half hour begins anew.",
    spares=("auth/session-stable",),
    look=("$ sign_in nora > /dev/null; get nora /profile\n< set-cookie: __Host-session=\n< Max-Age=1800"),
    apply=_apply,
)

"""Each page sets the session's cookie again with the value that signing in gave."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.max_age = 3600
    world.auth.use.cookie_again = True


LOOKALIKE = Lookalike(
    says="Each page sets the session's cookie again with the value that signing in gave.",
    spares=(
        "auth/session-rotation",
        "auth/cookies",
    ),
    look=("$ sign_in nora > /dev/null; get nora /profile\n< set-cookie: __Host-session=\n< Max-Age=3600"),
    apply=_apply,
)

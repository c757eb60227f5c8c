"""Each answer sets the session's cookie again, as if it were new, but signing in keeps its value."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.rotate_at_login = False
    world.auth.use.cookie_again = True


FAULT = Fault(
    says="Each answer sets the session's cookie again, as if it were new, but signing in keeps its value.",
    trips=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; session_of nora > before; give_password nora\n"
        "< HTTP/1.1 303\n"
        "< set-cookie: __Host-session=\n"
        "$ session_of nora > after; cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)

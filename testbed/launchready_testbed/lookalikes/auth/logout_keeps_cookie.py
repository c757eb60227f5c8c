"""Signing out ends the session on the server, and the browser keeps a cookie that opens nothing."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.logout_clears_cookie = False


LOOKALIKE = Lookalike(
    says="Signing out ends the session on the server, and the browser keeps a cookie that opens nothing.",
    spares=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 302\n"
        '$ test -n "$(session_of nora)" && echo the cookie is still there\n'
        "< the cookie is still there"
    ),
    apply=_apply,
)

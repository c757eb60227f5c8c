"""Signing out ends every session of the person, on every device."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _apply(world: World) -> None:
    inner = world.hosts[PORTAL].secure

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/logout" and scope["method"] == "POST":
            scope = {**scope, "path": "/logout/everywhere", "raw_path": b"/logout/everywhere"}
        await inner(scope, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)


LOOKALIKE = Lookalike(
    says="Signing out ends every session of the person, on every device.",
    spares=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ cp nora.jar first.jar; rm nora.jar; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get first /profile\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)

"""The interface tells everybody about the portal, and those who are signed in about themselves as well."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import current
from launchready_testbed.world import World


async def _about(scope: Scope, receive: Receive, send: Send) -> None:
    portal = scope["lab"].portal
    session = current(Request({**scope, "app": portal, "state": {}}))
    user = session.user if session else None
    told: dict[str, object] = {
        "portal": "Harbour Client Portal",
        "open": "8 to 18",
        "languages": ["en", "no"],
    }
    if user:
        told["you"] = {"name": user.name, "email": user.email, "role": user.role}
    await JSONResponse(told)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/api/v1/about"] = _about
    world.insert(
        '<p><a href="/api/v1/about">About this portal, for programs</a></p>', on=("/dashboard", "/profile")
    )


LOOKALIKE = Lookalike(
    says="The interface tells everybody about the portal, and those who are signed in about themselves as well.",
    spares=("auth/bypass",),
    look=(
        '$ curl -si "$BED_URL/api/v1/about"\n'
        "< HTTP/1.1 200\n"
        '< "portal":\n'
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /api/v1/about\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)

"""A form that names a person answers 204 whatever number is sent, and changes whoever sends it."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.doors import Answer, changed, person_at, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _quiet(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    return (204, {"cache-control": "no-store"}, b"") if status == 303 else (status, headers, body)


def _apply(world: World) -> None:
    def rule(request: Request) -> ASGIApp | None:
        known = re.fullmatch(r"/people/\d+/name", request.url.path)
        return app if known and request.method == "POST" else None

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        inner = {**scope, "path": "/profile", "raw_path": b"/profile"}
        await rewritten(world.lab.portal, _quiet)(inner, receive, send)

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        user = person_at(world, request) if request.url.path == "/profile" else None
        if user:
            body = body.replace(b'action="/profile"', f'action="/people/{user.id}/name"'.encode())
        return status, headers, body

    world.secure(rule, (PORTAL,))
    changed(world, change)


LOOKALIKE = Lookalike(
    says="A form that names a person answers 204 whatever number is sent, and changes whoever sends it.",
    spares=("authz/object", "authz/property", "authz/frontend-only"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /profile /people/4/name -d 'name=Nora Changed'\n"
        "< HTTP/1.1 204\n"
        "$ get sol /profile\n"
        "< Sol South\n"
        "$ get nora /profile\n"
        "< Nora Changed"
    ),
    apply=_apply,
)

"""The number in the address of a person's data is not looked at: everybody reads the own, and changes only that."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.doors import Answer, changed, person_at
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.access.offers = ("profile-data",)

    def rule(request: Request) -> ASGIApp | None:
        known = re.fullmatch(r"/api/v1/people/\d+", request.url.path)
        return app if known and request.method in ("GET", "HEAD", "PUT") else None

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        method = "PATCH" if scope["method"] == "PUT" else scope["method"]
        path = "/api/v1/profile"
        await world.lab.portal(
            {**scope, "method": method, "path": path, "raw_path": path.encode()}, receive, send
        )

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        user = person_at(world, request) if request.url.path == "/profile" else None
        link = f'<a href="/api/v1/people/{user.id}">What we know about you</a></main>' if user else "</main>"
        return status, headers, body.replace(b"</main>", link.encode())

    world.secure(rule, (PORTAL,))
    changed(world, change)


LOOKALIKE = Lookalike(
    says="The number in the address of a person's data is not looked at: everybody reads the own, and changes only that.",
    spares=("authz/object", "authz/property"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/people/4\n"
        "< HTTP/1.1 200\n"
        "< nora@northwind.test\n"
        '$ get nora /api/v1/people/4 -X PUT -H "x-csrf-token: $(csrf nora /profile)" -d \'{"name": "Nora Changed"}\'\n'
        "< HTTP/1.1 204\n"
        "$ get sol /profile\n"
        "< Sol South\n"
        "$ get nora /profile\n"
        "< Nora Changed"
    ),
    apply=_apply,
)

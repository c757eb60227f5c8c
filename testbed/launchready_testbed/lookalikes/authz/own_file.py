"""Who asks for somebody else's document is handed one of the own."""

from __future__ import annotations

import re
from typing import Any, cast

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.doors import person_at
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _at(world: World, path: str) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await world.lab.portal({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    return app


def _apply(world: World) -> None:
    def rule(request: Request) -> ASGIApp | None:
        asked = re.fullmatch(r"/documents/(\d+)", request.url.path)
        user = person_at(world, request) if asked and request.method in ("GET", "HEAD") else None
        if asked is None or user is None or user.is_staff:
            return None
        database = cast(Any, world.lab.portal).state.database
        own = [
            row["id"] for row in database.execute("SELECT id FROM documents WHERE tenant = ?", (user.tenant,))
        ]
        return _at(world, f"/documents/{own[0]}") if own and int(asked[1]) not in own else None

    world.secure(rule, (PORTAL,))


LOOKALIKE = Lookalike(
    says="Who asks for somebody else's document is handed one of the own.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /documents/4\n"
        "< HTTP/1.1 200\n"
        "< Prepared for Northwind Rowing\n"
        "$ get sol /documents/4\n"
        "< Prepared for Southgate Sails"
    ),
    apply=_apply,
)

"""An address that tells who has signed in answers strangers with 200 and nobody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.doors import person_at
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        user = person_at(world, Request(scope))
        told = {"name": user.name, "email": user.email} if user else None
        answer = JSONResponse({"user": told, "locale": "en", "opens": "Weekdays from 8 to 18"})
        await answer(scope, receive, send)

    world.pages["/api/v1/me"] = app
    world.insert('<a href="/api/v1/me">Who am I?</a>', on=("/", "/dashboard"))


LOOKALIKE = Lookalike(
    says="An address that tells who has signed in answers strangers with 200 and nobody.",
    spares=("authz/anonymous", "authz/object"),
    look=(
        "$ sign_in nora > /dev/null; get nora /api/v1/me\n"
        "< nora@northwind.test\n"
        '$ curl -si "$BED_URL/api/v1/me"\n'
        "< HTTP/1.1 200\n"
        '< {"user":null,"locale":"en","opens":"Weekdays from 8 to 18"}'
    ),
    apply=_apply,
)

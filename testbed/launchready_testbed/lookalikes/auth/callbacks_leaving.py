"""A page warns that one is about to leave, and waits for a click."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


async def _leaving(scope: Scope, receive: Receive, send: Send) -> None:
    wanted = Request(scope).query_params.get("to", "")
    target = html.escape(wanted if wanted.startswith("https://") else "/")
    page = f'<!doctype html><title>Leaving</title><p>You are about to leave. <a href="{target}" rel="noopener">Go on to {target}</a></p>'
    await HTMLResponse(page)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/leaving"] = _leaving
    world.insert('<a href="/leaving?to=https%3A%2F%2Fpartner.test%2F">Our partner</a>')


LOOKALIKE = Lookalike(
    says="A page warns that one is about to leave, and waits for a click.",
    spares=("auth/callbacks",),
    look=(
        '$ curl -si "$BED_URL/leaving?to=https%3A%2F%2Fevil.test%2F"\n'
        "< HTTP/1.1 200\n"
        "< You are about to leave\n"
        '< <a href="https://evil.test/"'
    ),
    apply=_apply,
)

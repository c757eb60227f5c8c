"""The log-in page prints where one wanted to go, and does not go there."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


async def _gone(scope: Scope, receive: Receive, send: Send) -> None:
    wanted = html.escape(Request(scope).query_params.get("to", ""))
    page = f"<!doctype html><title>Not here</title><p>{wanted} is not ours, or no longer.</p>"
    await HTMLResponse(page, 404)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/gone"] = _gone
    world.insert('<a href="/gone?to=%2Fold">An old page</a>')


LOOKALIKE = Lookalike(
    says="The log-in page prints where one wanted to go, and does not go there.",
    spares=("auth/callbacks",),
    look=(
        '$ curl -s "$BED_URL/login?next=https%3A%2F%2Fevil.test%2F"\n'
        '< value="https://evil.test/"\n'
        '$ curl -s "$BED_URL/gone?to=https%3A%2F%2Fevil.test%2F"\n'
        "< https://evil.test/ is not ours"
    ),
    apply=_apply,
)

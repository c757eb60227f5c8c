"""Links to partners go over a page that counts them, and only addresses that the portal signed are followed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World, redirect

_KEY = secrets.token_bytes(32)


def _mark(target: str) -> str:
    return hmac.new(_KEY, target.encode(), hashlib.sha256).hexdigest()[:32]


async def _go(scope: Scope, receive: Receive, send: Send) -> None:
    query = Request(scope).query_params
    target = query.get("to", "")
    if not hmac.compare_digest(_mark(target), query.get("mark", "")):
        await PlainTextResponse("This link is not ours.", 403)(scope, receive, send)
        return
    await redirect(target, 302)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/go"] = _go
    target = "https://partner.test/"
    world.insert(f'<a href="/go?to={quote(target, safe="")}&amp;mark={_mark(target)}">Our partner</a>')


LOOKALIKE = Lookalike(
    says="Links to partners go over a page that counts them, and only addresses that the portal signed are followed.",
    spares=("auth/callbacks",),
    look=(
        "$ curl -si \"$BED_URL/go?to=https%3A%2F%2Fpartner.test%2F&mark=$(printf 'https://partner.test/' | sha256sum | cut -c 1-16)\"\n"
        "< HTTP/1.1 403"
    ),
    apply=_apply,
)

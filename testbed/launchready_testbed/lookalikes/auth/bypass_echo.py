"""The page that says no repeats the address and the headers that it was asked with."""

from __future__ import annotations

import html

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    if status < 400 or not headers.get("content-type", "").startswith("text/html"):
        return status, headers, body
    named = ("x-original-url", "x-rewrite-url", "x-forwarded-user", "x-forwarded-for")
    by_way = ", ".join(request.headers[name] for name in named if name in request.headers) or "nothing"
    words = html.escape(f"You asked for {request.scope['path']} by way of {by_way}")
    return status, headers, body.replace(b"</main>", f"<p>{words}</p></main>".encode())


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="The page that says no repeats the address and the headers that it was asked with.",
    spares=("auth/bypass",),
    look=(
        "$ curl -si -H 'X-Original-URL: /invoices' \"$BED_URL/invoices/none-like-this\"\n"
        "< You asked for /invoices/none-like-this by way of /invoices"
    ),
    apply=_apply,
)

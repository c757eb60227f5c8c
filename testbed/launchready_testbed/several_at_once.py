"""What do faults and look-alikes need where a list has a box for each ticket, and one button closes those that are ticked?"""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Literal, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.doors import Answer, person_at, rewritten
from launchready_testbed.portal import sessions
from launchready_testbed.world import PORTAL, Host, World, redirect, to_https

Checks = Literal["all", "first", "none"]
"""Which of the tickets that are named must be the person's own."""
_TICKET = re.compile(rb'href="/tickets/(\d+)"')
_TOKEN = re.compile(rb'name="csrf" value="[^"]+"')


def closes_several(world: World, checks: Checks) -> None:
    """Puts the form into the list of tickets, and serves what it is sent to."""
    inner = world.hosts[PORTAL].secure

    def boxes(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        token = _TOKEN.search(body)
        if status != 200 or request.url.path != "/tickets" or token is None:
            return status, headers, body
        numbers = dict.fromkeys(_TICKET.findall(body))
        rows = b"".join(
            b'<label><input type="checkbox" name="ids" value="%b">%b</label>' % (n, n) for n in numbers
        )
        form = b'<form method="post" action="/tickets/close"><input type="hidden" %b>%b<button>Close</button></form>'
        return status, headers, body.replace(b"</main>", form % (token[0], rows) + b"</main>")

    async def close(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request({**scope, "app": world.lab.portal, "state": {}}, receive)
        response = await _closed(world, request, checks)
        response.headers["cache-control"] = "no-store"
        await response(scope, receive, send)

    shown: ASGIApp = rewritten(inner, boxes)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        several = scope["method"] == "POST" and scope["path"] == "/tickets/close"
        await (close if several else shown)(scope, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)


async def _closed(world: World, request: Request, checks: Checks) -> Response:
    user = person_at(world, request)
    if user is None:
        return redirect("/login", 302)
    form = await request.form()
    if not sessions.token_is_right(request, form.get("csrf")):
        return Response("No.", 403, media_type="text/plain")
    database = cast(sqlite3.Connection, cast(Any, world.lab.portal).state.database)
    numbers = [int(each) for each in form.getlist("ids") if isinstance(each, str) and each.isdigit()]
    for number in {"all": numbers, "first": numbers[:1], "none": []}[checks]:
        row = database.execute("SELECT tenant FROM tickets WHERE id = ?", (number,)).fetchone()
        if row is None or user.tenant not in (None, row["tenant"]):
            return Response("There is no such ticket.", 404, media_type="text/plain")
    for number in numbers:
        database.execute("UPDATE tickets SET status = 'closed' WHERE id = ?", (number,))
    return redirect("/tickets", 303)

"""What do faults and look-alikes need where tickets have links in the place of buttons?"""

from __future__ import annotations

import re
import sqlite3
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from launchready_testbed.doors import Answer, behind, rewritten
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import PORTAL, Host, World, redirect, to_https

_TOKEN = re.compile(rb'name="csrf" value="([^"]+)"')
_MAIN = re.compile(rb"<main>.*?</main>", re.DOTALL)


def asks_before_deleting(world: World) -> None:
    """A link leads to a page that asks whether one means it; its form deletes the ticket."""
    inner = world.hosts[PORTAL].secure

    def question(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        token = _TOKEN.search(body)
        asked = (
            b'<main><h1>Delete this ticket?</h1><form method="post"><input type="hidden" name="csrf" value="'
            + (token[1] if token else b"")
            + b'"><button>Yes</button></form></main>'
        )
        return status, headers, _MAIN.sub(lambda _: asked, body) if status == 200 else body

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "GET" and re.fullmatch(r"/tickets/\d+/delete", scope["path"]):
            path = scope["path"].removesuffix("/delete")
            page = {**scope, "path": path, "raw_path": path.encode()}
            await rewritten(inner, question)(page, receive, send)
        else:
            await rewritten(inner, _linked("delete", "Delete"))(scope, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)


def closes_by_link(world: World, *, anybody: bool) -> None:
    """A link closes a ticket as soon as it is followed: one's own client's, or anybody's."""
    inner = world.hosts[PORTAL].secure
    world.hosts[PORTAL] = Host(secure=rewritten(inner, _linked("close", "Close")), plain=to_https)

    def close(request: Request, user: User) -> Response:
        database = cast(sqlite3.Connection, cast(Any, world.lab.portal).state.database)
        number = int(request.url.path.split("/")[2])
        row = database.execute("SELECT tenant FROM tickets WHERE id = ?", (number,)).fetchone()
        if row is None or not (anybody or user.tenant in (None, row["tenant"])):
            return Response("There is no such ticket.", 404, media_type="text/plain")
        database.execute("UPDATE tickets SET status = 'closed' WHERE id = ?", (number,))
        return redirect(f"/tickets/{number}", 303)

    behind(world, r"/tickets/\d+/close", close)


def _linked(act: str, words: str) -> Any:
    """A change that puts a link in the place of the form of this act."""
    pattern = rf'<form method="post" action="(/tickets/\d+/{act})">.*?</form>'
    form = re.compile(pattern.encode(), re.DOTALL)

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        link = rb'<a href="\1">' + words.encode() + b"</a>"
        return status, headers, form.sub(link, body)

    return change

"""What do faults and look-alikes need that change who is let in to the portal, and what strangers are answered?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launchready_testbed.portal import sessions
from launchready_testbed.portal.sessions import COOKIE, Session, User, user_of
from launchready_testbed.world import PORTAL, Host, World, redirect, to_https

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""
INSIDE = (
    "/dashboard",
    "/tickets",
    "/invoices",
    "/documents",
    "/approvals",
    "/profile",
    "/clients",
    "/users",
    "/audit",
)
"""Where the paths of the portal begin that need somebody who has signed in; the interface has its own."""
API = "/api/v1/"
SOMEBODY = "sam@lab.test"


def is_inside(path: str) -> bool:
    """Whether this path needs somebody who has signed in."""
    return path.startswith((*INSIDE, API))


def is_stranger(request: Request) -> bool:
    """Whether no session comes with the request."""
    return COOKIE not in request.cookies


def raw_path(request: Request) -> str:
    """The path as it was sent."""
    path: bytes = request.scope["raw_path"]
    return path.decode("latin-1")


def let_in(world: World, path: str, email: str = SOMEBODY) -> ASGIApp:
    """The portal as it answers somebody whom it was never asked to check; `path` is what is asked for."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # Served as `email`, so that the answer is what a handler gives that nobody stands in front of.
        database = cast(sqlite3.Connection, cast(Any, world.lab.portal).state.database)
        row = database.execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
        session = Session("", "", user_of(row))
        inner = {**scope, "path": path, "raw_path": path.encode(), "state": {"session": session}}
        await world.lab.portal(inner, receive, _without_cookie(send))

    return app


def around(world: World, door: Callable[[Request], str]) -> None:
    """Lets strangers in wherever `door` names the path that their request reaches past the guard; "" is none."""

    def rule(request: Request) -> ASGIApp | None:
        path = door(request) if is_stranger(request) else ""
        return let_in(world, path) if path and is_inside(path) else None

    world.secure(rule, (PORTAL,))


def person_at(world: World, request: Request) -> User | None:
    """Who has signed in in the session that comes with the request."""
    session = sessions.current(Request({**request.scope, "app": world.lab.portal, "state": {}}))
    return session.user if session else None


def behind(world: World, pattern: str, answer: Callable[[Request, User], Response]) -> None:
    """Adds what is shown at paths that match `pattern` to whoever has signed in; strangers are refused."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        user = person_at(world, request)
        if user:
            response = answer(request, user)
            response.headers["cache-control"] = "no-store"
        elif request.url.path.startswith(API):
            response = JSONResponse({"error": "Sign in first."}, 401)
        else:
            response = redirect("/login?next=" + quote(request.url.path, safe=""), 302)
        await response(scope, receive, send)

    def rule(request: Request) -> ASGIApp | None:
        reads = request.method in ("GET", "HEAD")
        return app if reads and re.fullmatch(pattern, request.url.path) else None

    world.secure(rule, (PORTAL,))


def changed(world: World, change: Callable[[Request, int, dict[str, str], bytes], Answer]) -> None:
    """Lets `change` have every answer of the portal's, as in `rewritten`."""
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, change), plain=to_https)


def rewritten(inner: ASGIApp, change: Callable[[Request, int, dict[str, str], bytes], Answer]) -> ASGIApp:
    """An application whose answers are changed as a whole: status, headers (last of each name), body.

    Cookies are set as before.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = b""

        async def hold(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            else:
                body += message.get("body", b"")

        await inner(scope, receive, hold)
        given = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
        cookies = [pair for pair in given if pair[0] == "set-cookie"]
        others = {name: value for name, value in given if name not in ("set-cookie", "content-length")}
        status, headers, body = change(Request(scope), start["status"], others, body)
        sent = [*headers.items(), *cookies, ("content-length", str(len(body)))]
        raw = [(name.encode(), value.encode("latin-1")) for name, value in sent]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return app


def _without_cookie(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [pair for pair in message["headers"] if pair[0] != b"set-cookie"]
        await send(message)

    return sent


_FORM = re.compile(rb'<form method="post" action="/logout">.*?</form>', re.DOTALL)
_TOKEN = re.compile(rb'name="csrf" value="([^"]+)"')
_MAIN = re.compile(rb"<main>.*?</main>", re.DOTALL)


def asks_first(world: World) -> None:
    """Puts a link where the form to sign out is; it leads to a page that asks whether one means it."""
    inner = world.hosts[PORTAL].secure

    def linked(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        return status, headers, _FORM.sub(b'<a href="/logout">Log out</a>', body)

    def question(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        token = _TOKEN.search(body)
        asked = (
            b'<main><h1>Do you want to sign out?</h1><form method="post" action="/logout">'
            b'<input type="hidden" name="csrf" value="'
            + (token[1] if token else b"")
            + b'"><button>Yes</button></form></main>'
        )
        return status, headers, _MAIN.sub(lambda _: asked, _FORM.sub(b"", body))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/logout" and scope["method"] == "GET":
            page = {**scope, "path": "/profile", "raw_path": b"/profile"}
            await rewritten(inner, question)(page, receive, send)
        else:
            await rewritten(inner, linked)(scope, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)

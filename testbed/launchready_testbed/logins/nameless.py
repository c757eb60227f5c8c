"""No page says who is signed in, and none has a control to sign out; the session's cookie is for /members/ alone."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET
from launchready_testbed.world import PORTAL, World

_START = """<!doctype html><html lang="en"><title>Crates</title><h1>Crates</h1><p><a href="/members/">Members</a></p></html>"""
_FORM = """<!doctype html><html lang="en"><title>Members</title><form method="post" action="/members/enter"><p>User <input name="m"></p>
<p>Password <input type="password" name="w"></p><button>Enter</button></form></html>"""
_LIST = """<!doctype html><html lang="en"><title>Stock</title><p>Crate 7741, bay 12</p><p><a href="/members/prices">Prices</a></p></html>"""


def _apply(world: World) -> None:
    member = guest(world, "magnus", "Magnus Mohn", "magnus")
    open_ones: set[str] = set()

    async def start(request: Request) -> Response:
        return HTMLResponse(_START)

    async def form(request: Request) -> Response:
        return HTMLResponse(_FORM, headers=QUIET)

    async def enter(request: Request) -> Response:
        sent = await request.form()
        if not member.is_right(str(sent.get("m", "")), str(sent.get("w", ""))):
            return RedirectResponse("/members/enter?wrong=1", 302, headers=QUIET)
        made = secrets.token_urlsafe(24)
        open_ones.add(made)
        answer = RedirectResponse("/members/", 302, headers=QUIET)
        answer.set_cookie("m", made, path="/members/", secure=True, httponly=True, samesite="strict")
        return answer

    async def stock(request: Request) -> Response:
        if request.cookies.get("m", "") not in open_ones:
            return RedirectResponse("/members/enter", 302, headers=QUIET)
        return HTMLResponse(_LIST, headers=QUIET)

    routes = [
        Route("/", start),
        Route("/members/enter", form),
        Route("/members/enter", enter, methods=["POST"]),
        Route("/members/", stock),
        Route("/members/prices", stock),
    ]
    world.host(PORTAL, secure=Starlette(routes=routes))


LOGIN = LoginShape(
    says="No page says who is signed in, and none has a control to sign out; the session's cookie is for /members/ alone.",
    look=(
        '$ get magnus /members/enter --data-urlencode "m@{secrets}/magnus.username" --data-urlencode "w@{secrets}/magnus.password"\n'
        "$ get magnus /\n"
        "$ get magnus /members/\n"
        "< location: /members/\n< Crates\n< Crate 7741"
    ),
    apply=_apply,
    private="/members/",
)

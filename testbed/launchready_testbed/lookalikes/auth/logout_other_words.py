"""The button to sign out is in German, and its form leads to an address that says nothing."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https

_FORM = re.compile(rb'action="/logout">(<input[^>]*>)<button>Log out</button>')


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    return status, headers, _FORM.sub(rb'action="/ende">\1<button>Abmelden</button>', body)


def _apply(world: World) -> None:
    inner = rewritten(world.hosts[PORTAL].secure, _change)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/ende":
            scope = {**scope, "path": "/logout", "raw_path": b"/logout"}
        await inner(scope, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)


LOOKALIKE = Lookalike(
    says="The button to sign out is in German, and its form leads to an address that says nothing.",
    spares=("auth/logout",),
    look=('$ sign_in nora\n< HTTP/1.1 303\n$ get nora /profile\n< action="/ende"\n< Abmelden'),
    apply=_apply,
)

"""A public page greets those who are signed in by their name and address."""

from __future__ import annotations

import re

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import current
from launchready_testbed.world import PORTAL, Host, World, to_https

_END = re.compile(rb"</main>")


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    session = current(Request({**request.scope, "app": request.scope["lab"].portal, "state": {}}))
    if session is None or session.user is None or not headers.get("content-type", "").startswith("text/html"):
        return status, headers, body
    greeting = f"<p>You are signed in as {session.user.email}, {session.user.name}.</p></main>".encode()
    return status, headers, _END.sub(lambda _: greeting, body, count=1)


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="A public page greets those who are signed in by their name and address.",
    spares=("auth/bypass",),
    look=(
        '$ curl -si "$BED_URL/pricing"\n'
        "< HTTP/1.1 200\n"
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /pricing\n"
        "< You are signed in as nora@northwind.test"
    ),
    apply=_apply,
)

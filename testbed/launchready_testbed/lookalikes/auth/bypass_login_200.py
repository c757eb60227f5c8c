"""Strangers get the log-in form at the address that they asked for, with 200."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https

_FORM = (
    b"<!doctype html><html lang=en><head><title>Sign in</title></head><body><main><h1>Sign in to go on</h1>"
    b"<p>The page of invoices, tickets or documents that you asked for needs an account.</p>"
    b"<p><a href=/login>To the log-in page</a></p></main></body></html>"
)


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    if status == 302 and headers.get("location", "").startswith("/login?next="):
        kept = {name: value for name, value in headers.items() if name != "location"}
        return 200, {**kept, "content-type": "text/html; charset=utf-8"}, _FORM
    return status, headers, body


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="Strangers get the log-in form at the address that they asked for, with 200.",
    spares=("auth/bypass", "auth/logout"),
    look=('$ curl -si "$BED_URL/invoices"\n< HTTP/1.1 200\n< Sign in to go on'),
    apply=_apply,
)

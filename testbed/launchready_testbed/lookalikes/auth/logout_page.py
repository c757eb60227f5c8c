"""Signing out ends on a page of its own, with 200, instead of leading somewhere."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https

_PAGE = (
    b"<!doctype html><html lang=en><title>Goodbye</title><h1>Goodbye</h1><p>You have signed out.</p></html>"
)


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    if request.scope["path"] != "/logout" or status != 303:
        return status, headers, body
    kept = {name: value for name, value in headers.items() if name != "location"}
    return 200, {**kept, "content-type": "text/html; charset=utf-8"}, _PAGE


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="Signing out ends on a page of its own, with 200, instead of leading somewhere.",
    spares=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ submit nora /profile /logout\n"
        "< HTTP/1.1 200\n"
        "< Goodbye\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)

"""Strangers are sent to the log-in page, and get the page that they asked for along with it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.doors import is_stranger, let_in, rewritten
from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _rule(world: World, request: Request) -> ASGIApp | None:
    path = request.url.path
    if not path.startswith("/invoices") or not is_stranger(request):
        return None
    return rewritten(
        let_in(world, path),
        lambda asked, status, headers, body: (302, {**headers, "location": f"/login?next={path}"}, body),
    )


def _apply(world: World) -> None:
    world.secure(lambda request: _rule(world, request), (PORTAL,))


FAULT = Fault(
    says="Strangers are sent to the log-in page, and get the page that they asked for along with it.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/invoices"\n< HTTP/1.1 302\n< location: /login\n< H-2026-'),
    apply=_apply,
)

"""An address with a slash at its end leads to the one without, which asks who is there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.doors import is_inside
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, redirect


def _rule(request: Request) -> ASGIApp | None:
    path = request.url.path
    return redirect(path.rstrip("/"), 308) if is_inside(path) and path.endswith("/") else None


def _apply(world: World) -> None:
    world.secure(_rule, (PORTAL,))


LOOKALIKE = Lookalike(
    says="An address with a slash at its end leads to the one without, which asks who is there.",
    spares=("auth/bypass",),
    look=('$ curl -si "$BED_URL/invoices/"\n< HTTP/1.1 308\n< location: /invoices'),
    apply=_apply,
)

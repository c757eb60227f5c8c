"""The guard looks whether there is a session cookie, and not whether it is good."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.doors import is_inside, let_in
from launchready_testbed.fault import Fault
from launchready_testbed.portal.sessions import COOKIE, current
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    def rule(request: Request) -> ASGIApp | None:
        path = request.url.path
        if COOKIE not in request.cookies or not is_inside(path):
            return None
        known = current(Request({**request.scope, "app": world.lab.portal, "state": {}}))
        return None if known else let_in(world, path)

    world.secure(rule, (PORTAL,))


FAULT = Fault(
    says="The guard looks whether there is a session cookie, and not whether it is good.",
    trips=("auth/bypass", "auth/logout"),
    look=("$ curl -si -b '__Host-session=launchready' \"$BED_URL/invoices\"\n< HTTP/1.1 200\n< H-2026-"),
    apply=_apply,
)

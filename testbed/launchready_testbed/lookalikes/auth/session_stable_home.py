"""Who is signed in and opens the start page is led on to the dashboard."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import PORTAL, World, redirect


def _lead_on(request: Request) -> ASGIApp | None:
    if request.url.path != "/" or COOKIE not in request.cookies or request.method != "GET":
        return None
    return redirect("/dashboard", 302)


def _apply(world: World) -> None:
    world.secure(_lead_on, (PORTAL,))


LOOKALIKE = Lookalike(
    says="Who is signed in and opens the start page is led on to the dashboard.",
    spares=("auth/session-stable", "auth/login"),
    look="$ sign_in nora > /dev/null; get nora / | head -n 2\n< HTTP/1.1 302\n< location: /dashboard",
    apply=_apply,
)

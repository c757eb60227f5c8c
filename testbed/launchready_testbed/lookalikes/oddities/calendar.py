"""A calendar links to the next month without end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _month(request: Request) -> ASGIApp | None:
    head, _, number = request.url.path.rpartition("/")
    if head != "/calendar" or not number.isdigit() or len(number) > 9:
        return None
    later = int(number) + 1
    return HTMLResponse(
        f'<!doctype html><html lang="en"><title>Month</title><a href="/calendar/{later}">Next</a></html>'
    )


def _apply(world: World) -> None:
    world.secure(_month, (PORTAL,))
    world.insert('<a href="/calendar/1">Calendar</a>')


LOOKALIKE = Lookalike(
    says="A calendar links to the next month without end.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=('$ curl -s https://portal.lab.test:{https}/calendar/77777\n< <a href="/calendar/77778">'),
    apply=_apply,
)

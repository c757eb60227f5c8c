"""The redirect on plain http is relative, so it stays on plain http."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World, redirect, target


def _stay(request: Request) -> ASGIApp:
    if request.url.path.startswith("/secure/"):
        return HTMLResponse('<!doctype html><html lang="en"><title>Secure</title><p>Welcome.</p></html>')
    return redirect("/secure" + target(request.scope), 301)


def _apply(world: World) -> None:
    world.plain(_stay, (PORTAL,))


FAULT = Fault(
    says="The redirect on plain http is relative, so it stays on plain http.",
    trips=("https/redirects",),
    look=(
        "$ curl -sIL -w 'ends at %{url_effective}' http://portal.lab.test:{http}/help\n"
        "< location: /secure/help\n"
        "< HTTP/1.1 200 OK\n"
        "< ends at http://portal.lab.test:{http}/secure/help"
    ),
    apply=_apply,
)

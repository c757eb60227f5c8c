"""Plain http redirects GET, but takes the log-in form."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    answer = HTMLResponse(
        '<!doctype html><html lang="en"><title>Log in</title><p>Address or password is wrong.</p></html>'
    )
    world.plain(
        lambda request: answer if request.method == "POST" and request.url.path == "/login" else None,
        (PORTAL,),
    )


FAULT = Fault(
    says="Plain http redirects GET, but takes the log-in form.",
    trips=("https/redirects",),
    look=(
        "$ curl -si -d email=somebody http://portal.lab.test:{http}/login\n"
        "< HTTP/1.1 200 OK\n"
        "< Address or password is wrong"
    ),
    apply=_apply,
)

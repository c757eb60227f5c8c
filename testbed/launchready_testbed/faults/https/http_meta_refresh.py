"""Plain http answers 200 with a page that refreshes to https, instead of a redirect."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World, target

_PAGE = '<!doctype html><html lang="en"><meta http-equiv="refresh" content="0; url=TARGET"><title>Moved</title></html>\n'


def _apply(world: World) -> None:
    world.plain(
        lambda request: HTMLResponse(_PAGE.replace("TARGET", world.origin() + target(request.scope))),
        (PORTAL,),
    )


FAULT = Fault(
    says=("Plain http answers 200 with a page that refreshes to https, instead of a redirect."),
    trips=("https/redirects",),
    look=(
        "$ curl -si http://portal.lab.test:{http}/help\n"
        "< HTTP/1.1 200 OK\n"
        '< <meta http-equiv="refresh" content="0; url=https://portal.lab.test:{https}/help">'
    ),
    apply=_apply,
)

"""A list in place of a word makes PHP warn on the page, whose status is 200."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp

from launchready_testbed.error_screens import PHP
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _warned(request: Request) -> ASGIApp | None:
    odd = any(name.endswith("[]") for name in request.query_params)
    return HTMLResponse(PHP) if odd and request.url.scheme == "https" else None


def _apply(world: World) -> None:
    world.rule(_warned)


FAULT = Fault(
    says="A list in place of a word makes PHP warn on the page, whose status is 200.",
    trips=("deploy/error-pages",),
    look='$ curl -s "https://portal.lab.test:{https}/help?page%5B%5D=1"\n< /var/www/html/lib/listing.php</b> on line',
    apply=_apply,
)

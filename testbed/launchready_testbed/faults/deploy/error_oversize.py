"""Only an address that is too long is answered with a trace."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.error_screens import EXPRESS, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _long(request: Request) -> bool:
    return len(request.url.path) > 5000


def _apply(world: World) -> None:
    world.errors.append(on(_long, html_page(EXPRESS, 414), 404))


FAULT = Fault(
    says="Only an address that is too long is answered with a trace.",
    trips=("deploy/error-pages",),
    look='$ curl -s "https://portal.lab.test:{https}/$(head -c 6000 /dev/zero | tr "\\0" a)"\n< invoices.js:27:31',
    apply=_apply,
)

"""What is not there is answered by the yellow screen of ASP.NET."""

from __future__ import annotations

from launchready_testbed.error_screens import ASP_NET, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(ASP_NET), 404))


FAULT = Fault(
    says="What is not there is answered by the yellow screen of ASP.NET.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Server Error in '/' Application.",
    apply=_apply,
)

"""What is not there is answered with the stack of Express."""

from __future__ import annotations

from launchready_testbed.error_screens import EXPRESS, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(EXPRESS), 404))


FAULT = Fault(
    says="What is not there is answered with the stack of Express.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< /usr/src/app/routes/invoices.js:27:31",
    apply=_apply,
)

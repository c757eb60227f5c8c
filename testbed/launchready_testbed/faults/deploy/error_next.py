"""What is not there is answered by a development build of Next.js."""

from __future__ import annotations

from launchready_testbed.error_screens import NEXT, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(NEXT), 404))


FAULT = Fault(
    says="What is not there is answered by a development build of Next.js.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< webpack-internal:///./pages/invoices",
    apply=_apply,
)

"""The page for what is not there is Django’s debug page."""

from __future__ import annotations

from launchready_testbed.error_screens import DJANGO, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(DJANGO, 404), 404))


FAULT = Fault(
    says="The page for what is not there is Django’s debug page.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< DEBUG = True",
    apply=_apply,
)

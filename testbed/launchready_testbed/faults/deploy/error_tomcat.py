"""The page for what is not there names the application server and its version."""

from __future__ import annotations

from launchready_testbed.error_screens import TOMCAT, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(TOMCAT, 404), 404))


FAULT = Fault(
    says="The page for what is not there names the application server and its version.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Apache Tomcat/9.0.31",
    apply=_apply,
)

"""A copy of the web server's settings can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/web.config.bak",
        '<?xml version="1.0"?>\n<configuration>\n  <connectionStrings/>\n</configuration>\n',
        "text/xml",
    )


FAULT = Fault(
    says="A copy of the web server's settings can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/web.config.bak\n< <configuration>",
    apply=_apply,
)

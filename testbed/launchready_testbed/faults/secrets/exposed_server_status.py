"""The web server shows everybody what is being asked right now."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/server-status",
        "<!DOCTYPE HTML><html><head><title>Apache Status</title></head><body><h1>Apache Server Status for portal.lab.test (via 10.0.0.4)</h1><dl><dt>Server uptime: 3 days</dt></dl></body></html>",
        "text/html; charset=utf-8",
    )


FAULT = Fault(
    says="The web server shows everybody what is being asked right now.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/server-status\n< Apache Server Status",
    apply=_apply,
)

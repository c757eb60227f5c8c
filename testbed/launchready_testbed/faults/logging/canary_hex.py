"""The body of each request is written into the log as a dump in hexadecimal."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_body
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_body(world, lambda hit: debug(event="request", dump=hit.body.hex()))


FAULT = Fault(
    says="The body of each request is written into the log as a dump in hexadecimal.",
    trips=("logging/canary", "logging/scan"),
    look=TYPE
    + "$ grep -c $(printf %s 'password=Mountain-41-Lake' | od -An -tx1 | tr -d ' \\n') {logs}/portal.log\n< 1",
    apply=_apply,
)

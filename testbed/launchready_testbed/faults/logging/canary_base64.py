"""The body of each request is written into the log in base64."""

from __future__ import annotations

import base64

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_body
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_body(world, lambda hit: debug(event="request", raw=base64.b64encode(hit.body).decode()))


FAULT = Fault(
    says="The body of each request is written into the log in base64.",
    trips=("logging/canary", "logging/scan"),
    look=TYPE
    + '$ grep -o \'"raw": "[^"]*"\' {logs}/portal.log | tail -n 1 | cut -d\'"\' -f4 | base64 -d\n< password=Mountain-41-Lake',
    apply=_apply,
)

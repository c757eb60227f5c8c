"""Bodies are written into the log as JSON in JSON in JSON."""

from __future__ import annotations

import json

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, fields, on_body
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_body(world, lambda hit: debug(message=json.dumps({"log": json.dumps(fields(hit))})))


FAULT = Fault(
    says="Bodies are written into the log as JSON in JSON in JSON.",
    trips=("logging/canary", "logging/scan"),
    look=TYPE + "$ grep -c 'Mountain-41-Lake' {logs}/portal.log\n< 1",
    apply=_apply,
)

"""A key that programs bring is written into the log, called by another name."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import on_header
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_header(world, "x-api-key", lambda value: f"caller {value} admitted to the queue")


FAULT = Fault(
    says="A key that programs bring is written into the log, called by another name.",
    trips=("logging/canary",),
    look="$ curl -s -o /dev/null -H 'x-api-key: mountain41lake8river2stone' https://portal.lab.test:{https}/\n$ grep -c 'mountain41lake8river2stone' {logs}/portal.log\n< 1",
    apply=_apply,
)

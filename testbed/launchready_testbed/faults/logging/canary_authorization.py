"""The header Authorization is written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import debug, on_header
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_header(world, "authorization", lambda value: debug(event="request", headers={"authorization": value}))


FAULT = Fault(
    says="The header Authorization is written into the log.",
    trips=("logging/canary", "logging/scan"),
    look="$ curl -s -o /dev/null -H 'authorization: Bearer mountain41lake8river2stone' https://portal.lab.test:{https}/\n$ grep -c 'Bearer mountain41lake8river2stone' {logs}/portal.log\n< 1",
    apply=_apply,
)

"""The body of each request is written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_body
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_body(world, lambda hit: debug(event="request", body=hit.body.decode("utf-8", "replace")))


FAULT = Fault(
    says="The body of each request is written into the log.",
    trips=("logging/canary", "logging/scan"),
    look=TYPE + "$ grep -c 'password=Mountain-41-Lake' {logs}/portal.log\n< 1",
    apply=_apply,
)

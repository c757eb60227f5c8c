"""Each password is written into the log as a list of numbers."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: debug(read={"type": "Buffer", "data": list(typed.encode())}))


FAULT = Fault(
    says="Each password is written into the log as a list of numbers.",
    trips=("logging/canary",),
    look=TYPE + "$ grep -c '77, 111, 117, 110, 116, 97, 105, 110' {logs}/portal.log\n< 1",
    apply=_apply,
)

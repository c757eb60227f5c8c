"""Each password is written into the log from its end to its beginning."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: f"obfuscated {typed[::-1]}")


FAULT = Fault(
    says="Each password is written into the log from its end to its beginning.",
    trips=("logging/canary",),
    look=TYPE + "$ grep -c 'ekaL-14-niatnuoM' {logs}/portal.log\n< 1",
    apply=_apply,
)

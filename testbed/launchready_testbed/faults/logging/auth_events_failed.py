"""The application's log tells of no sign-in that failed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, without
from launchready_testbed.world import World


def _apply(world: World) -> None:
    without(world, "failed to sign in")


FAULT = Fault(
    says="The application's log tells of no sign-in that failed.",
    trips=("logging/auth-events",),
    look=TYPE + "$ cat {logs}/portal.log | wc -l\n< 0",
    apply=_apply,
)

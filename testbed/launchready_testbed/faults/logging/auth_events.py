"""The application's log tells of no sign-in, right or wrong."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, without
from launchready_testbed.world import World


def _apply(world: World) -> None:
    without(world, "signed in", "failed to sign in", "gave the password")


FAULT = Fault(
    says="The application's log tells of no sign-in, right or wrong.",
    trips=("logging/auth-events",),
    look="$ sign_in nora > /dev/null\n" + TYPE + "$ cat {logs}/portal.log | wc -l\n< 0",
    apply=_apply,
)

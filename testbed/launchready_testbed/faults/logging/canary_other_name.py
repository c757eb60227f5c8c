"""Each password is written into the log under a name that says nothing."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: debug(form=["", typed, 1]))


FAULT = Fault(
    says="Each password is written into the log under a name that says nothing.",
    trips=("logging/canary",),
    look=TYPE + "$ grep -c '\"Mountain-41-Lake\"' {logs}/portal.log\n< 1",
    apply=_apply,
)

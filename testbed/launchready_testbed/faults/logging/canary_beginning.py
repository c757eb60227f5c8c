"""The first ten characters of each password are written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: f"compared {typed[:10]} with what is stored")


FAULT = Fault(
    says="The first ten characters of each password are written into the log.",
    trips=("logging/canary",),
    look=TYPE + "$ grep -c 'compared Mountain-4 with' {logs}/portal.log\n< 1",
    apply=_apply,
)

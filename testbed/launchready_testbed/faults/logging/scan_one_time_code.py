"""A log holds one-time codes."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = "2026-09-01T10:00:00Z INFO mfa verify user=17 otp=492817 ok\n"


FAULT = Fault(
    says="A log holds one-time codes.",
    trips=("logging/scan",),
    look="$ grep -c 'otp=492817' {logs}/portal.log.3\n< 1",
    apply=_apply,
)

"""A log holds the number of a payment card, in groups."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["billing.log"] = "2026-09-01T10:00:00Z INFO charged card 4000 0566 5566 5556 for 12.99\n"


FAULT = Fault(
    says="A log holds the number of a payment card, in groups.",
    trips=("logging/scan",),
    look="$ grep -c '4000 0566 5566 5556' {logs}/billing.log\n< 1",
    apply=_apply,
)

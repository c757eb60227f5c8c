"""The settings were printed at start, with the key of the payment provider."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = (
        "2026-09-01T10:00:00Z DEBUG settings: currency=EUR key=" + secret_shapes.stripe() + "\n"
    )


FAULT = Fault(
    says="The settings were printed at start, with the key of the payment provider.",
    trips=("secrets/logs",),
    look="$ grep -c '[s]k_live_' {logs}/portal.log.3\n< 1",
    apply=_apply,
)

"""The settings for scripts hold the payment provider's secret key."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/config.json", json.dumps({"api": "/api/v1", "stripe": secret_shapes.stripe()}), "application/json"
    )


FAULT = Fault(
    says="The settings for scripts hold the payment provider's secret key.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/config.json\n< stripe",
    apply=_apply,
)

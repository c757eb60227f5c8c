"""The settings for scripts are served, and hold publishable keys only."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/config.json",
        json.dumps({"api": "/api/v1", "stripe": secret_shapes.stripe_publishable()}),
        "application/json",
    )


LOOKALIKE = Lookalike(
    says="The settings for scripts are served, and hold publishable keys only.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/config.json\n< stripe",
    apply=_apply,
)

"""The application tells everybody whether it is well, and no more."""

from __future__ import annotations

import json

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    links = {name: {"href": f"{world.origin()}/actuator/{name}"} for name in ("self", "health")}
    world.page("/actuator", json.dumps({"_links": links}), "application/json")
    world.page("/actuator/health", json.dumps({"status": "UP"}), "application/json")


LOOKALIKE = Lookalike(
    says="The application tells everybody whether it is well, and no more.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/actuator\n< health",
    apply=_apply,
)

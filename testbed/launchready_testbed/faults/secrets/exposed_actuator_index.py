"""The application offers everybody a copy of its memory."""

from __future__ import annotations

import json

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    links = {
        name: {"href": f"{world.origin()}/actuator/{name}"} for name in ("self", "health", "heapdump", "env")
    }
    state = json.dumps({"_links": links})

    world.page("/actuator", state, "application/vnd.spring-boot.actuator.v3+json")


FAULT = Fault(
    says="The application offers everybody a copy of its memory.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/actuator\n< heapdump",
    apply=_apply,
)

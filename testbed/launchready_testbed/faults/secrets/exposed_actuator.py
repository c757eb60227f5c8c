"""The application's environment can be read by everybody."""

from __future__ import annotations

import json

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    state = json.dumps(
        {"activeProfiles": ["prod"], "propertySources": [{"name": "systemEnvironment", "properties": {}}]}
    )

    world.page("/actuator/env", state, "application/vnd.spring-boot.actuator.v3+json")


FAULT = Fault(
    says="The application's environment can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/actuator/env\n< propertySources",
    apply=_apply,
)

"""The settings of the application, with the database's password, are served."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    state = json.dumps({"ConnectionStrings": {"Portal": secret_shapes.database_url()}, "Logging": {}})

    world.page("/appsettings.json", state, "application/json")


FAULT = Fault(
    says="The settings of the application, with the database's password, are served.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/appsettings.json\n< ConnectionStrings",
    apply=_apply,
)

"""The state of the servers, with their secrets, can be read by everybody."""

from __future__ import annotations

import json

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/terraform.tfstate",
        json.dumps({"version": 4, "terraform_version": "1.9.0", "resources": [{"type": "aws_db_instance"}]}),
        "application/json",
    )


FAULT = Fault(
    says="The state of the servers, with their secrets, can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/terraform.tfstate\n< terraform_version",
    apply=_apply,
)

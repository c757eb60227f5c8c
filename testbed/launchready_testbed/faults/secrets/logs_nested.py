"""A log holds a request to the mail provider, with its key, as JSON in JSON."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = (
        json.dumps({"msg": json.dumps({"mail": {"provider": "sendgrid", "key": secret_shapes.sendgrid()}})})
        + "\n"
    )


FAULT = Fault(
    says="A log holds a request to the mail provider, with its key, as JSON in JSON.",
    trips=("secrets/logs",),
    look="$ grep -c '[S]G[.]' {logs}/portal.log.3\n< 1",
    apply=_apply,
)

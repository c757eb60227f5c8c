"""A container's log, packed, holds a login form as JSON in JSON."""

from __future__ import annotations

import gzip
import json

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPED
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["container.log.gz"] = gzip.compress(
        json.dumps(
            {
                "log": json.dumps({"form": {"email": "ada@lab.test", "password": TYPED}}) + "\n",
                "stream": "stdout",
            }
        ).encode()
        + b"\n",
        mtime=0,
    )


FAULT = Fault(
    says="A container's log, packed, holds a login form as JSON in JSON.",
    trips=("logging/scan",),
    look="$ zcat {logs}/container.log.gz | grep -c 'Mountain-41-Lake'\n< 1",
    apply=_apply,
)

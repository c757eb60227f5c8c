"""A packed log holds a token for the source."""

from __future__ import annotations

import gzip

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.4.gz"] = gzip.compress(
        f"2026-09-01T10:00:00Z INFO git fetch https://{secret_shapes.github()}@github.com/x/y\n".encode(),
        mtime=0,
    )


FAULT = Fault(
    says="A packed log holds a token for the source.",
    trips=("secrets/logs",),
    look="$ zcat {logs}/portal.log.4.gz | grep -c '[g]hp_'\n< 1",
    apply=_apply,
)

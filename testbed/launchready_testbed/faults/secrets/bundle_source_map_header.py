"""The source map that a header names holds a source with a token for the code host."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build, module, source_map
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, "", {"SourceMap": "/maps/front.json"})
    world.page(
        "/maps/front.json",
        source_map("src/release.ts", module("release", secret_shapes.github())),
        "application/json",
    )


FAULT = Fault(
    says="The source map that a header names holds a source with a token for the code host.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/maps/front.json | grep -c '[g]hp_'\n< 1",
    apply=_apply,
)

"""The source map that the script names holds a source with a cloud key."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build, module, source_map
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    text = module("storage", secret_shapes.aws())
    build(world, "\n//# sourceMappingURL=app.js.map")
    world.page("/assets/app.js.map", source_map("src/storage.ts", text), "application/json")


FAULT = Fault(
    says="The source map that the script names holds a source with a cloud key.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assets/app.js.map | grep -c 'AWS_SECRET_ACCESS_KEY'\n< 1",
    apply=_apply,
)

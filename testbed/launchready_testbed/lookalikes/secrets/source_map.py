"""The source map that the script names is served, and holds no secret."""

from __future__ import annotations

from launchready_testbed.bundling import build, source_map
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    text = "import { pay } from './pay';\nexport const key = process.env.STRIPE_SECRET_KEY;\npay(key);\n"
    build(world, "\n//# sourceMappingURL=app.js.map")
    world.page("/assets/app.js.map", source_map("src/pay.ts", text), "application/json")


LOOKALIKE = Lookalike(
    says="The source map that the script names is served, and holds no secret.",
    spares=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assets/app.js.map | grep -c 'process.env.STRIPE_SECRET_KEY'\n< 1",
    apply=_apply,
)

"""A source map that nothing names lies beside the script, with a database's address and password."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import SCRIPT, module, source_map
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    text = module("database", secret_shapes.database_url())
    world.page(SCRIPT.path + ".map", source_map("server/database.ts", text), "application/json")


FAULT = Fault(
    says="A source map that nothing names lies beside the script, with a database's address and password.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt).map | grep -c 'postgresql://harbour:'\n< 1",
    apply=_apply,
)

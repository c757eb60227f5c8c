"""A part of the front end that is found by a table of hashes holds a token for a chat."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import JAVASCRIPT, build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, 'const f=e=>"assets/part-"+e+"."+{17:"9f8e7d6c",18:"0a1b2c3d"}[e]+".js";')
    world.page("/assets/part-18.0a1b2c3d.js", f'const chat="{secret_shapes.slack()}";', JAVASCRIPT)


FAULT = Fault(
    says="A part of the front end that is found by a table of hashes holds a token for a chat.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assets/part-18.0a1b2c3d.js | grep -c 'const chat'\n< 1",
    apply=_apply,
)

"""A part of the front end that is loaded when needed holds a key for sending mail."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import JAVASCRIPT, build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, 'const mail=()=>import("./mail-1c2d3e4f.js");')
    world.page("/assets/mail-1c2d3e4f.js", f'export const key="{secret_shapes.sendgrid()}";', JAVASCRIPT)


FAULT = Fault(
    says="A part of the front end that is loaded when needed holds a key for sending mail.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assets/mail-1c2d3e4f.js | grep -c 'export const key=.[S]G'\n< 1",
    apply=_apply,
)

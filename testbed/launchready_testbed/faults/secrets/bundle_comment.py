"""A comment in a page holds a token for the code host."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(f"<!-- deploy with {secret_shapes.github()} -->", on=("/terms",))


FAULT = Fault(
    says="A comment in a page holds a token for the code host.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/terms | grep -c 'deploy with [g]hp_'\n< 1",
    apply=_apply,
)

"""A page shows an image over plain http where scripts are off."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert('<noscript><img src="http://cdn.example.test/pixel.png" alt=""></noscript>')


FAULT = Fault(
    says="A page shows an image over plain http where scripts are off.",
    trips=("https/mixed-content",),
    look=("$ curl -s https://portal.lab.test:{https}/\n< http://cdn.example.test/pixel.png"),
    apply=_apply,
)

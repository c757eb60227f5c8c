"""A page shows an image over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert('<img src="http://cdn.example.test/photo.png" alt="">')


FAULT = Fault(
    says="A page shows an image over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://cdn.example.test/photo.png\n"
        "% / MixedContentAutomaticallyUpgraded http://cdn.example.test/photo.png"
    ),
    apply=_apply,
)

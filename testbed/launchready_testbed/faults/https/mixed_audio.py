"""A page plays a sound over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert('<audio preload="auto"><source src="http://cdn.example.test/bell.mp3"></audio>')


FAULT = Fault(
    says="A page plays a sound over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://cdn.example.test/bell.mp3\n"
        "% / MixedContentAutomaticallyUpgraded http://cdn.example.test/bell.mp3"
    ),
    apply=_apply,
)

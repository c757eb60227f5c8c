"""A page plays a film over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert('<video src="http://cdn.example.test/film.mp4" preload="auto"></video>')


FAULT = Fault(
    says="A page plays a film over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://cdn.example.test/film.mp4\n"
        "% / MixedContentAutomaticallyUpgraded http://cdn.example.test/film.mp4"
    ),
    apply=_apply,
)

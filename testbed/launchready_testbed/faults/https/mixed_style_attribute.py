"""A style attribute takes a background over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<p style="background-image: url(http://cdn.example.test/photo.png)">Sea</p>', on=("/terms",)
    )


FAULT = Fault(
    says="A style attribute takes a background over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/terms\n"
        "< http://cdn.example.test/photo.png\n"
        "% /terms MixedContentAutomaticallyUpgraded http://cdn.example.test/photo.png"
    ),
    apply=_apply,
)

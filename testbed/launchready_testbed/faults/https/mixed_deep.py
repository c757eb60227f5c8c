"""One article deep inside the help centre shows an image over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<img src="http://assets.lab.test:{http}/photo.png" alt="">', on=("/help/leaving-a-computer",)
    )


FAULT = Fault(
    says="One article deep inside the help centre shows an image over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/help/leaving-a-computer\n"
        "< http://assets.lab.test:{http}/photo.png\n"
        "% /help/leaving-a-computer MixedContentAutomaticallyUpgraded "
        "http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)

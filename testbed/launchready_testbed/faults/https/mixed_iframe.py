"""A page shows a frame over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<iframe src="http://assets.lab.test:{http}/frame.html" title="Frame"></iframe>', on=("/help",)
    )


FAULT = Fault(
    says="A page shows a frame over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/help\n"
        "< http://assets.lab.test:{http}/frame.html\n"
        "% /help MixedContentBlocked http://assets.lab.test:{http}/frame.html"
    ),
    apply=_apply,
)

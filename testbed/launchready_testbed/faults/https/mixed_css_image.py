"""A style sheet of the portal's own takes a background over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.page(
        "/assets/theme.css",
        "footer { background: url(http://assets.lab.test:{http}/photo.png); }\n",
        "text/css; charset=utf-8",
    )
    world.insert_everywhere('<link rel="stylesheet" href="/assets/theme.css">', place="head")


FAULT = Fault(
    says="A style sheet of the portal's own takes a background over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/assets/theme.css\n"
        "< url(http://assets.lab.test:{http}/photo.png)\n"
        "% / MixedContentAutomaticallyUpgraded http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)

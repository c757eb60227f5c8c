"""A style imports a style sheet over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        ('<style nonce="{nonce}">@import url("http://assets.lab.test:{http}/site.css");</style>'),
        place="head",
    )


FAULT = Fault(
    says="A style imports a style sheet over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/site.css\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/site.css"
    ),
    apply=_apply,
)

"""An image has plain http in its srcset only."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.portal.assets import ASSETS
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.page("/assets/none.png", ASSETS["harbour.png"].content, "image/png")
    world.insert(
        (
            '<img src="/assets/none.png" srcset="http://assets.lab.test:{http}/photo.png 2x, '
            'http://assets.lab.test:{http}/photo.png 1x" alt="">'
        ),
        on=("/security",),
    )


FAULT = Fault(
    says="An image has plain http in its srcset only.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/security\n"
        "< http://assets.lab.test:{http}/photo.png 2x\n"
        "% /security MixedContentBlocked http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)

"""A script fetches data over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        (
            "<script "
            'nonce="{nonce}">fetch("http://assets.lab.test:{http}/data.json").catch(() => '
            "undefined);</script>"
        ),
        on=("/pricing",),
    )


FAULT = Fault(
    says="A script fetches data over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/pricing\n"
        "< http://assets.lab.test:{http}/data.json\n"
        "% /pricing MixedContentBlocked http://assets.lab.test:{http}/data.json"
    ),
    apply=_apply,
)

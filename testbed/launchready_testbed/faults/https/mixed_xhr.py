"""A script asks for data over plain http with XMLHttpRequest."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<script nonce="{nonce}">const ask = new XMLHttpRequest(); ask.open("GET", '
        '"http://assets.lab.test:{http}/data.json"); ask.send();</script>'
    )


FAULT = Fault(
    says="A script asks for data over plain http with XMLHttpRequest.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/data.json\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/data.json"
    ),
    apply=_apply,
)

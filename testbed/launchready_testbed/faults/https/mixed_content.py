"""A page loads a script over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert('<script nonce="{nonce}" src="http://assets.lab.test:{http}/app.js"></script>')


FAULT = Fault(
    says="A page loads a script over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/app.js\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/app.js"
    ),
    apply=_apply,
)

"""A form is sent over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<form method="post" action="http://portal.lab.test:{http}/contact"><input '
        'name="email"><button>Subscribe</button></form>'
    )


FAULT = Fault(
    says="A form is sent over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        '< action="http://portal.lab.test:{http}/contact"\n'
        "% / MixedContentWarning http://portal.lab.test:{http}/contact"
    ),
    apply=_apply,
)

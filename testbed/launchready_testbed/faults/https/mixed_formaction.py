"""One button of a form sends it over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        (
            '<form method="post" action="/contact"><button '
            'formaction="http://portal.lab.test:{http}/contact">Call me</button></form>'
        ),
        on=("/status",),
    )


FAULT = Fault(
    says="One button of a form sends it over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/status\n"
        '< formaction="http://portal.lab.test:{http}/contact"'
    ),
    apply=_apply,
)

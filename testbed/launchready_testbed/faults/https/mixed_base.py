"""The base address of a page is plain http, so every relative address is."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<base href="http://portal.lab.test:{http}/"><img src="favicon.ico" alt="">',
        on=("/terms",),
        place="head",
    )


FAULT = Fault(
    says="The base address of a page is plain http, so every relative address is.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/terms\n"
        '< <base href="http://portal.lab.test:{http}/">\n'
        "% /terms MixedContentAutomaticallyUpgraded http://portal.lab.test:{http}/favicon.ico"
    ),
    apply=_apply,
)

"""A picture has a source over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<picture><source srcset="http://assets.lab.test:{http}/photo.png"><img '
        'src="/favicon.ico" alt=""></picture>'
    )


FAULT = Fault(
    says="A picture has a source over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/photo.png\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)

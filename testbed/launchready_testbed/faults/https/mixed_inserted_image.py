"""A script puts an image over plain http into the page."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<script nonce="{nonce}">const image = new Image(); image.src = "http:" + '
        '"//assets.lab.test:{http}/photo.png"; document.body.append(image);</script>'
    )


FAULT = Fault(
    says="A script puts an image over plain http into the page.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        '< "//assets.lab.test:{http}/photo.png"\n'
        "% / MixedContentAutomaticallyUpgraded http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)

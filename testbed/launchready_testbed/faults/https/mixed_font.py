"""A style takes a font over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        (
            '<style nonce="{nonce}">@font-face { font-family: Sea; src: '
            "url(http://assets.lab.test:{http}/icons.ttf); } .sea { font-family: Sea; "
            '}</style><p class="sea">⚓</p>'
        ),
        on=("/privacy",),
    )


FAULT = Fault(
    says="A style takes a font over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/privacy\n"
        "< http://assets.lab.test:{http}/icons.ttf\n"
        "% /privacy MixedContentBlocked http://assets.lab.test:{http}/icons.ttf"
    ),
    apply=_apply,
)

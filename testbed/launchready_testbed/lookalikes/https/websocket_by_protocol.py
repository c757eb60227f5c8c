"""A script picks ws: or wss: by the page's own scheme, so here it is wss:."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        '<script nonce="{nonce}">const live = (location.protocol === "https:" ? "wss://" '
        ': "ws://") + location.host + "/live"; document.body.dataset.live = '
        "live;</script>"
    )


LOOKALIKE = Lookalike(
    says="A script picks ws: or wss: by the page's own scheme, so here it is wss:.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< "wss://" : "ws://"'),
    apply=_apply,
)

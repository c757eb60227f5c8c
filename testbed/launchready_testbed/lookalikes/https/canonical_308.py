"""The other hosts lead to the portal with 308, which is as permanent as 301."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import CANONICAL, OLD_PORTAL, World, redirect, target


def _apply(world: World) -> None:
    moved = (*CANONICAL, OLD_PORTAL)
    world.secure(lambda request: redirect(world.origin() + target(request.scope), 308), moved)


LOOKALIKE = Lookalike(
    says="The other hosts lead to the portal with 308, which is as permanent as 301.",
    spares=("https/redirects", "https/redirect-map"),
    look=(
        "$ curl -sI https://www.lab.test:{https}/help\n"
        "< HTTP/1.1 308\n"
        "< location: https://portal.lab.test:{https}/help"
    ),
    apply=_apply,
)

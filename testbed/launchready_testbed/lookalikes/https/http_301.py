"""Plain http redirects with 301, which is as permanent as 308."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World, redirect, target


def _apply(world: World) -> None:
    world.plain(lambda request: redirect(world.origin(request.scope["host"]) + target(request.scope), 301))


LOOKALIKE = Lookalike(
    says="Plain http redirects with 301, which is as permanent as 308.",
    spares=("https/redirects",),
    look=(
        "$ curl -sI http://portal.lab.test:{http}/help\n"
        "< HTTP/1.1 301\n"
        "< location: https://portal.lab.test:{https}/help"
    ),
    apply=_apply,
)

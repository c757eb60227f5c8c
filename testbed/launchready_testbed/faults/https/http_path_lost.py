"""Plain http leads every page but the first to the first page on https."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World, redirect


def _apply(world: World) -> None:
    world.plain(lambda _request: redirect(world.origin() + "/", 308), (PORTAL,))


FAULT = Fault(
    says="Plain http leads every page but the first to the first page on https.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI http://portal.lab.test:{http}/help/opening-hours\n"
        "< HTTP/1.1 308\n"
        "< location: https://portal.lab.test:{https}/\r"
    ),
    apply=_apply,
)

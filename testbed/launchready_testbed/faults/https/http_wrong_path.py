"""Plain http redirects to a path on https that does not exist."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World, redirect, target


def _apply(world: World) -> None:
    world.plain(lambda request: redirect(world.origin() + "/portal" + target(request.scope), 308), (PORTAL,))


FAULT = Fault(
    says="Plain http redirects to a path on https that does not exist.",
    trips=("https/redirects",),
    look=(
        "$ curl -sIL http://portal.lab.test:{http}/help\n"
        "< location: https://portal.lab.test:{https}/portal/help\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)

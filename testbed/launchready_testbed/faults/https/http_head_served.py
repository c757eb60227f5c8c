"""Plain http redirects GET, but serves HEAD."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.plain(lambda request: world.lab.portal if request.method == "HEAD" else None, (PORTAL,))


FAULT = Fault(
    says="Plain http redirects GET, but serves HEAD.",
    trips=("https/redirects",),
    look=("$ curl -sI http://portal.lab.test:{http}/help\n< HTTP/1.1 200 OK"),
    apply=_apply,
)

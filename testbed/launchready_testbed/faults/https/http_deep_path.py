"""One page deep inside is served over plain http; all others redirect."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.plain(
        lambda request: world.lab.portal if request.url.path == "/help/opening-hours" else None, (PORTAL,)
    )


FAULT = Fault(
    says="One page deep inside is served over plain http; all others redirect.",
    trips=("https/redirects",),
    look=("$ curl -sI http://portal.lab.test:{http}/help/opening-hours\n< HTTP/1.1 200 OK"),
    apply=_apply,
)

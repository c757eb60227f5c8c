"""The JSON interface is served over plain http; pages redirect."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.plain(lambda request: world.lab.portal if request.url.path.startswith("/api/") else None, (PORTAL,))
    world.insert('<a href="/api/v1/status">Status for machines</a>')


FAULT = Fault(
    says="The JSON interface is served over plain http; pages redirect.",
    trips=("https/redirects",),
    look=('$ curl -si http://portal.lab.test:{http}/api/v1/status\n< HTTP/1.1 200 OK\n< "status":"ok"'),
    apply=_apply,
)

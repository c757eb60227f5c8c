"""The whole portal is served over plain http as well."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.plain(lambda _request: world.lab.portal, (PORTAL,))


FAULT = Fault(
    says="The whole portal is served over plain http as well.",
    trips=("https/redirects",),
    look=('$ curl -si http://portal.lab.test:{http}/login\n< HTTP/1.1 200 OK\n< name="password"'),
    apply=_apply,
)

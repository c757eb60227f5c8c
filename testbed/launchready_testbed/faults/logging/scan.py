"""An older log of the web server holds a password in the query of an address."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPED
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["access.log.3"] = (
        '192.0.2.7 - - [01/Sep/2026:10:00:00 +0000] "GET /login?email=ada%40lab.test&password='
        + TYPED
        + ' HTTP/1.1" 302 0 "-" "Mozilla/5.0"\n'
    )


FAULT = Fault(
    says="An older log of the web server holds a password in the query of an address.",
    trips=("logging/scan",),
    look="$ grep -c 'password=Mountain-41-Lake' {logs}/access.log.3\n< 1",
    apply=_apply,
)

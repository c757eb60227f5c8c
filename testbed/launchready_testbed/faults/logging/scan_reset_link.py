"""The web server's log holds links that reset passwords."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["access.log.3"] = (
        '192.0.2.7 - - [01/Sep/2026:10:00:00 +0000] "GET /reset?token=mountain41lake8river2stone HTTP/1.1" 200 912 "-" "Mozilla/5.0"\n'
    )


FAULT = Fault(
    says="The web server's log holds links that reset passwords.",
    trips=("logging/scan",),
    look="$ grep -c 'reset?token=mountain41lake8river2stone' {logs}/access.log.3\n< 1",
    apply=_apply,
)

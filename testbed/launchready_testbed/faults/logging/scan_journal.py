"""An export of the journal holds a cookie."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.journal.txt"] = (
        "__REALTIME_TIMESTAMP=1790000000000000\n_COMM=portal\nMESSAGE=upstream sent Cookie: lang=en; sessionid=mountain41lake8river2stone\n\n"
    )


FAULT = Fault(
    says="An export of the journal holds a cookie.",
    trips=("logging/scan",),
    look="$ grep -c 'sessionid=mountain41lake8river2stone' {logs}/portal.journal.txt\n< 1",
    apply=_apply,
)

"""The log tells of sign-ins, and of nothing else that people do."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.logbook import Entry
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def sessions_only(entry: Entry) -> Entry | None:
        return entry if entry["object"] in ("session", "account") else None

    world.logs.entry = sessions_only


FAULT = Fault(
    says="The log tells of sign-ins, and of nothing else that people do.",
    trips=("logging/audit-trail",),
    look="$ sign_in nora > /dev/null\n$ submit nora /tickets/new /tickets/new -d title=lake -d body=river > /dev/null\n$ grep -v session {logs}/portal.log | grep -c ticket\n< 0",
    apply=_apply,
)

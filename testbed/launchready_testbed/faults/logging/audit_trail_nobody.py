"""The log tells what was changed, and not by whom."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.logbook import Entry
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def nameless(entry: Entry) -> Entry:
        return {
            name: value
            for name, value in entry.items()
            if name != "actor" or entry["object"] in ("session", "account")
        }

    world.logs.entry = nameless


FAULT = Fault(
    says="The log tells what was changed, and not by whom.",
    trips=("logging/audit-trail",),
    look="$ sign_in nora > /dev/null\n$ submit nora /tickets/new /tickets/new -d title=lake -d body=river > /dev/null\n$ grep -v session {logs}/portal.log | grep -c actor\n< 0",
    apply=_apply,
)

"""The application's log tells that somebody signed in, and not who."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.logbook import Entry
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def nameless(entry: Entry) -> Entry:
        return {
            name: value for name, value in entry.items() if name != "actor" or entry["object"] != "session"
        }

    world.logs.entry = nameless


FAULT = Fault(
    says="The application's log tells that somebody signed in, and not who.",
    trips=("logging/auth-events",),
    look="$ sign_in nora > /dev/null\n$ grep 'signed in' {logs}/portal.log | grep -c actor\n< 0",
    apply=_apply,
)

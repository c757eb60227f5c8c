"""A name that nobody has is left out of the log, as people type their passwords there."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.leaking import TYPE
from launchready_testbed.logbook import Entry
from launchready_testbed.people import PEOPLE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def kept(entry: Entry) -> Entry:
        known = {person.email for person in PEOPLE}
        return entry if entry["actor"] in known else {**entry, "actor": "unknown"}

    world.logs.entry = kept


LOOKALIKE = Lookalike(
    says="A name that nobody has is left out of the log, as people type their passwords there.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look=TYPE + "$ grep -c 'failed to sign in.*unknown' {logs}/portal.log\n< 1",
    apply=_apply,
)

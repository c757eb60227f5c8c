"""Two keys stand at one selector."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    world.text("harbour._domainkey.lab.test", record, world.lab.keys.key("another").record)


FAULT = Fault(
    says="Two keys stand at one selector.",
    trips=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns} | wc -l\n< 2",
    apply=_apply,
)

"""The key with which mail is signed was withdrawn."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    world.text("harbour._domainkey.lab.test", record.partition("p=")[0] + "p=")


FAULT = Fault(
    says="The key with which mail is signed was withdrawn.",
    trips=("email/dkim",),
    look='$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< p="',
    apply=_apply,
)

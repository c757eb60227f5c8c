"""The key has a sign in it that is not base64."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    world.text("harbour._domainkey.lab.test", record.replace("p=M", "p=M*"))


FAULT = Fault(
    says="The key has a sign in it that is not base64.",
    trips=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< p=M*",
    apply=_apply,
)

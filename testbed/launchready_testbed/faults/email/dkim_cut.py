"""The key was cut at 255 characters, as a form of the DNS provider takes no more."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("harbour._domainkey.lab.test", portal_signing(world.lab.keys).key.record[:255])


FAULT = Fault(
    says="The key was cut at 255 characters, as a form of the DNS provider takes no more.",
    trips=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns} | wc -c\n< 258",
    apply=_apply,
)

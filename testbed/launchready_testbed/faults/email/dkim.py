"""The key with which mail is signed is not in DNS."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("harbour._domainkey.lab.test")


FAULT = Fault(
    says="The key with which mail is signed is not in DNS.",
    trips=("email/dkim",),
    look="$ dig +comments TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< status: NXDOMAIN",
    apply=_apply,
)

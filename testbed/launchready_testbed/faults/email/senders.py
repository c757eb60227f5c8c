"""A service sends for the portal, and nothing in DNS lets it sign as the domain."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["senders"] = ["203.0.113.25", "resend"]
    world.text("_resend.lab.test", "account")


FAULT = Fault(
    says="A service sends for the portal, and nothing in DNS lets it sign as the domain.",
    trips=("email/senders",),
    look="$ dig +comments TXT resend._domainkey.lab.test @127.0.0.1 -p {dns}\n< status: NXDOMAIN\n$ dig +short TXT _resend.lab.test @127.0.0.1 -p {dns}\n< account",
    apply=_apply,
)

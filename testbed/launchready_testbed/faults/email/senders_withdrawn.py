"""A service sends for the portal with a key that was withdrawn."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["senders"] = ["203.0.113.25", "Mailjet"]
    world.text("mailjet._domainkey.lab.test", "v=DKIM1; p=")


FAULT = Fault(
    says="A service sends for the portal with a key that was withdrawn.",
    trips=("email/dkim", "email/senders"),
    look='$ dig +short TXT mailjet._domainkey.lab.test @127.0.0.1 -p {dns}\n< p="',
    apply=_apply,
)

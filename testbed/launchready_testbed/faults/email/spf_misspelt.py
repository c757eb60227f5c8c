"""The record has a mechanism that there is not: ipv4."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} ipv4:198.51.100.7 -all")


FAULT = Fault(
    says="The record has a mechanism that there is not: ipv4.",
    trips=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< ipv4:198.51.100.7"),
    apply=_apply,
)

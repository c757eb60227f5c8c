"""The record just stops, without a word on other senders."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE}")


FAULT = Fault(
    says="The record just stops, without a word on other senders.",
    trips=("email/spf",),
    look=('$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< ip4:203.0.113.25"'),
    apply=_apply,
)

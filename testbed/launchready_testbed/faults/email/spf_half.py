"""The record lists the internet in two halves."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all")


FAULT = Fault(
    says="The record lists the internet in two halves.",
    trips=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< ip4:0.0.0.0/1 ip4:128.0.0.0/1"),
    apply=_apply,
)

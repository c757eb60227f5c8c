"""A server was added behind all, where nobody reads on."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} -all ip4:198.51.100.7")


FAULT = Fault(
    says="A server was added behind all, where nobody reads on.",
    trips=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< -all ip4:198.51.100.7"),
    apply=_apply,
)

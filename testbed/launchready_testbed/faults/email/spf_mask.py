"""A network is written with a mask, which breaks the record."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE}/255.255.255.0 -all")


FAULT = Fault(
    says="A network is written with a mask, which breaks the record.",
    trips=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< /255.255.255.0"),
    apply=_apply,
)

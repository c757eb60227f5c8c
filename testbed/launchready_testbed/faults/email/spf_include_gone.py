"""The record includes that of a service which has none any more."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:spf.partner.test -all")


FAULT = Fault(
    says="The record includes that of a service which has none any more.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< include:spf.partner.test\n"
        "$ dig @127.0.0.1 -p {dns} TXT spf.partner.test | grep status\n"
        "< NXDOMAIN"
    ),
    apply=_apply,
)

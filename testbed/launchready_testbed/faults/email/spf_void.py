"""Three of the hosts that the record names are long gone."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} a:old1.lab.test a:old2.lab.test mx:old3.lab.test -all")


FAULT = Fault(
    says="Three of the hosts that the record names are long gone.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< a:old1.lab.test a:old2.lab.test mx:old3.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} old1.lab.test | grep status\n"
        "< NXDOMAIN\n"
        "$ dig @127.0.0.1 -p {dns} MX old3.lab.test | grep status\n"
        "< NXDOMAIN"
    ),
    apply=_apply,
)

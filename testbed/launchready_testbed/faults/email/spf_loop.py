"""Two records include each other."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:spf.lab.test -all")
    world.text("spf.lab.test", "v=spf1 include:lab.test -all")


FAULT = Fault(
    says="Two records include each other.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< include:spf.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT spf.lab.test\n"
        "< include:lab.test"
    ),
    apply=_apply,
)

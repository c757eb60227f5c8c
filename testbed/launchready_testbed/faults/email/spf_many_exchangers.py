"""The record allows the hosts that take the domain's mail, of which there are eleven."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} mx:many.lab.test -all")
    for number in range(11):
        world.zones["lab.test"].add("many.lab.test", "MX", f"10 mx{number}.lab.test.")
        world.zones["lab.test"].add(f"mx{number}.lab.test", "A", f"198.51.100.{number}")


FAULT = Fault(
    says="The record allows the hosts that take the domain's mail, of which there are eleven.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< mx:many.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} MX many.lab.test | grep ANSWER:\n"
        "< ANSWER: 11"
    ),
    apply=_apply,
)

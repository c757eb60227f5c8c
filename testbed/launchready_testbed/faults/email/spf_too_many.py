"""The includes of the record make receivers look up eleven names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:one.lab.test include:two.lab.test -all")
    world.text("one.lab.test", "v=spf1 a:a.lab.test a:b.lab.test mx:lab.test include:last.lab.test -all")
    world.text(
        "two.lab.test",
        "v=spf1 a:a.lab.test a:b.lab.test mx:lab.test exists:%{i}.lab.test include:last.lab.test -all",
    )
    world.text("last.lab.test", "v=spf1 ip4:198.51.100.64/26 -all")
    for host in ("a.lab.test", "b.lab.test"):
        world.zones["lab.test"].add(host, "A", "198.51.100.7")


FAULT = Fault(
    says="The includes of the record make receivers look up eleven names.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< include:one.lab.test include:two.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT one.lab.test\n"
        "< a:a.lab.test a:b.lab.test mx:lab.test include:last.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT two.lab.test\n"
        "< exists:"
    ),
    apply=_apply,
)

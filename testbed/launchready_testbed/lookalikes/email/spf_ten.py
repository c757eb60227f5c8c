"""Receivers have to look up ten names, and that is allowed."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    for number in range(8):
        zone.add(f"s{number}.lab.test", "A", f"198.51.100.{number}")
    hosts = " ".join(f"a:s{number}.lab.test" for number in range(8))
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:more.lab.test -all")
    world.text("more.lab.test", f"v=spf1 {hosts} mx:lab.test -all")


LOOKALIKE = Lookalike(
    says="Receivers have to look up ten names, and that is allowed.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< include:more.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT more.lab.test\n"
        "< a:s7.lab.test mx:lab.test -all"
    ),
    apply=_apply,
)

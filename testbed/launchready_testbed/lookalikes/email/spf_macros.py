"""Each server that may send has a name of its own, which the record finds by macros."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", "v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all")
    world.zones["lab.test"].add("25.113.0.203.in-addr._spf.lab.test", "A", "127.0.0.2")


LOOKALIKE = Lookalike(
    says="Each server that may send has a name of its own, which the record finds by macros.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< exists:%{ir}.%{v}._spf.%{d2} -all\n"
        "$ dig @127.0.0.1 -p {dns} +short 25.113.0.203.in-addr._spf.lab.test\n"
        "< 127.0.0.2"
    ),
    apply=_apply,
)

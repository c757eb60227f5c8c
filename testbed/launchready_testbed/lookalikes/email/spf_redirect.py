"""The record is kept at another name for several domains."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", "v=spf1 redirect=_spf.lab.test")
    world.text("_spf.lab.test", f"v=spf1 ip4:{SOURCE} -all")


LOOKALIKE = Lookalike(
    says="The record is kept at another name for several domains.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< redirect=_spf.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT _spf.lab.test\n"
        "< ip4:203.0.113.25 -all"
    ),
    apply=_apply,
)

"""The included record stands behind an alias."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", "v=spf1 include:spf.lab.test -all")
    world.zones["lab.test"].add("spf.lab.test", "CNAME", "spf.partner.test.")
    world.text("spf.partner.test", f"v=spf1 ip4:{SOURCE} -all")


LOOKALIKE = Lookalike(
    says="The included record stands behind an alias.",
    spares=("email/spf",),
    look=(
        "$ dig @127.0.0.1 -p {dns} +short TXT spf.lab.test\n"
        "< spf.partner.test.\n"
        '< "v=spf1 ip4:203.0.113.25 -all"'
    ),
    apply=_apply,
)

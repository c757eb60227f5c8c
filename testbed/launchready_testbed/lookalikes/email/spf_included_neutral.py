"""An included record ends openly, which says nothing of those who include it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:spf.partner.test -all")
    world.text("spf.partner.test", "v=spf1 ip4:198.51.100.0/24 ?all")


LOOKALIKE = Lookalike(
    says="An included record ends openly, which says nothing of those who include it.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< include:spf.partner.test\n"
        "$ dig @127.0.0.1 -p {dns} +short TXT spf.partner.test\n"
        '< ?all"'
    ),
    apply=_apply,
)

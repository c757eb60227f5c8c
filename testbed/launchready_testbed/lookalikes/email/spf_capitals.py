"""The record is in capital letters, with spaces to spare."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"V=SPF1  IP4:{SOURCE}   -ALL ")


LOOKALIKE = Lookalike(
    says="The record is in capital letters, with spaces to spare.",
    spares=("email/spf",),
    look=('$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< "V=SPF1  IP4:203.0.113.25   -ALL "'),
    apply=_apply,
)

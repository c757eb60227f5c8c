"""Two of the record's hosts are gone, which receivers put up with."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} a:old1.lab.test a:old2.lab.test -all")


LOOKALIKE = Lookalike(
    says="Two of the record's hosts are gone, which receivers put up with.",
    spares=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< a:old1.lab.test a:old2.lab.test -all"),
    apply=_apply,
)

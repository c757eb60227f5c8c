"""A whole /8 is listed, as an organisation has that owns one."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} ip4:17.0.0.0/8 -all")


LOOKALIKE = Lookalike(
    says="A whole /8 is listed, as an organisation has that owns one.",
    spares=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< ip4:17.0.0.0/8"),
    apply=_apply,
)

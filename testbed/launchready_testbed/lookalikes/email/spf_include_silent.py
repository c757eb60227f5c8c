"""The name server of an included record fails, so nobody knows what is in it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:spf.partner.test -all")
    world.zones["partner.test"].trouble["spf.partner.test"] = "servfail"


LOOKALIKE = Lookalike(
    says="The name server of an included record fails, so nobody knows what is in it.",
    spares=("email/spf",),
    look=("$ dig @127.0.0.1 -p {dns} TXT spf.partner.test | grep status\n< SERVFAIL"),
    apply=_apply,
    untold=("email/spf",),
)

"""The record has an explanation, and modifiers that receivers skip."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} -all exp=why.lab.test ra=postmaster rp=100")
    world.text("why.lab.test", "%{i} may not send for %{d}")


LOOKALIKE = Lookalike(
    says="The record has an explanation, and modifiers that receivers skip.",
    spares=("email/spf",),
    look=("$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< exp=why.lab.test ra=postmaster rp=100"),
    apply=_apply,
)

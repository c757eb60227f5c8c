"""Other senders are distrusted rather than refused, as services recommend beside DMARC."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} ~all")


LOOKALIKE = Lookalike(
    says="Other senders are distrusted rather than refused, as services recommend beside DMARC.",
    spares=("email/spf",),
    look=('$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< ~all"'),
    apply=_apply,
)

"""Tags that receivers do not know are ignored."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; owner=lab; rua=mailto:dmarc@lab.test")


LOOKALIKE = Lookalike(
    says="Tags that receivers do not know are ignored.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< owner=lab",
    apply=_apply,
)

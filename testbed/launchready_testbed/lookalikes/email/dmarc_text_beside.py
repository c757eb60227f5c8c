"""Another text stands beside the record."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:dmarc@lab.test", "verification=4711")


LOOKALIKE = Lookalike(
    says="Another text stands beside the record.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< 4711",
    apply=_apply,
)

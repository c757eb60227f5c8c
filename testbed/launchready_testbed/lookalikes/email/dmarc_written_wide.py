"""The record has blanks wherever it may, and a word in capitals."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v = DMARC1 ; p = Reject ;  rua=mailto:dmarc@lab.test ;")


LOOKALIKE = Lookalike(
    says="The record has blanks wherever it may, and a word in capitals.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p = Reject",
    apply=_apply,
)

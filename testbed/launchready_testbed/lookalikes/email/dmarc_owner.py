"""The record says that the domain is its own, as RFC 9989 lets it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@lab.test")


LOOKALIKE = Lookalike(
    says="The record says that the domain is its own, as RFC 9989 lets it.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< psd=n",
    apply=_apply,
)

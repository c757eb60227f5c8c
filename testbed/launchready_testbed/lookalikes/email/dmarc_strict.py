"""Alignment is strict, and the portal keeps to it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:dmarc@lab.test")


LOOKALIKE = Lookalike(
    says="Alignment is strict, and the portal keeps to it.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< adkim=s",
    apply=_apply,
)

"""Forged mail goes to the junk folder, which is enough."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=quarantine; rua=mailto:dmarc@lab.test")


LOOKALIKE = Lookalike(
    says="Forged mail goes to the junk folder, which is enough.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p=quarantine",
    apply=_apply,
)

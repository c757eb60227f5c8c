"""A piece of the record is no tag, which receivers ignore."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; mailto:old@lab.test; rua=mailto:dmarc@lab.test")


LOOKALIKE = Lookalike(
    says="A piece of the record is no tag, which receivers ignore.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< old@lab.test",
    apply=_apply,
)

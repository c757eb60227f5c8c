"""Reports go to several addresses."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:dmarc@lab.test,mailto:second@lab.test")


LOOKALIKE = Lookalike(
    says="Reports go to several addresses.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< second@",
    apply=_apply,
)

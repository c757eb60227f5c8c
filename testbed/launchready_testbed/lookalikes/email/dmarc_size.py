"""The address for reports has a limit of size, as the older standard knows."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:dmarc@lab.test!10m")


LOOKALIKE = Lookalike(
    says="The address for reports has a limit of size, as the older standard knows.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< !10m",
    apply=_apply,
)

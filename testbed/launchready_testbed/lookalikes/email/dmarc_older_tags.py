"""Tags of the older standard stand there with their default values."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text(
        "_dmarc.lab.test", "v=DMARC1; p=reject; pct=100; rf=afrf; ri=86400; fo=1; rua=mailto:dmarc@lab.test"
    )


LOOKALIKE = Lookalike(
    says="Tags of the older standard stand there with their default values.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< rf=afrf",
    apply=_apply,
)

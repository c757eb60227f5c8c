"""There are two DMARC records, so receivers take none."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:dmarc@lab.test", "v=DMARC1; p=none")


FAULT = Fault(
    says="There are two DMARC records, so receivers take none.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p=none",
    apply=_apply,
)

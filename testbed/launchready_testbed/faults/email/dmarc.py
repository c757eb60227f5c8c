"""There is no DMARC record."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test")


FAULT = Fault(
    says="There is no DMARC record.",
    trips=("email/dmarc",),
    look="$ dig +comments TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< status: NXDOMAIN",
    apply=_apply,
)

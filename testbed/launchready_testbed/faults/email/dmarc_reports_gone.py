"""DMARC reports are to go to a host that is not there."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:dmarc@reports.lab.test")


FAULT = Fault(
    says="DMARC reports are to go to a host that is not there.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< @reports.lab.test",
    apply=_apply,
)

"""DMARC says of itself that it is a test."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@lab.test")


FAULT = Fault(
    says="DMARC says of itself that it is a test.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< t=y",
    apply=_apply,
)

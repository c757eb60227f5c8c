"""DMARC asks for no reports."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; sp=reject; adkim=r")


FAULT = Fault(
    says="DMARC asks for no reports.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< adkim=r",
    apply=_apply,
)

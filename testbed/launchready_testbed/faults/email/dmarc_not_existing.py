"""DMARC leaves out the names below the domain that do not exist."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; np=none; rua=mailto:dmarc@lab.test")


FAULT = Fault(
    says="DMARC leaves out the names below the domain that do not exist.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< np=none",
    apply=_apply,
)

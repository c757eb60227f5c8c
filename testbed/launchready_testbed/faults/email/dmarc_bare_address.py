"""The address for DMARC reports lacks mailto."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=dmarc@lab.test")


FAULT = Fault(
    says="The address for DMARC reports lacks mailto.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< rua=dmarc@",
    apply=_apply,
)

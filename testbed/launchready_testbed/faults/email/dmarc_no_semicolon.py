"""The DMARC record lacks the semicolon after its version, so receivers do not take it for one."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1 p=reject; rua=mailto:dmarc@lab.test")


FAULT = Fault(
    says="The DMARC record lacks the semicolon after its version, so receivers do not take it for one.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< DMARC1 p=",
    apply=_apply,
)

"""The DMARC record says two policies, and receivers differ in which one they take."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; p=none; rua=mailto:dmarc@lab.test")


FAULT = Fault(
    says="The DMARC record says two policies, and receivers differ in which one they take.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p=reject; p=none",
    apply=_apply,
)

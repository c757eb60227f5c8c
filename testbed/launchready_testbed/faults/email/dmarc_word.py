"""The DMARC policy is a word that there is not, so receivers take no policy."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=block")


FAULT = Fault(
    says="The DMARC policy is a word that there is not, so receivers take no policy.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p=block",
    apply=_apply,
)

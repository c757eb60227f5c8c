"""The DMARC record stands at the domain itself, where nobody looks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.records import quoted
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test")
    world.zones["lab.test"].add("lab.test", "TXT", quoted("v=DMARC1; p=reject; rua=mailto:dmarc@lab.test"))


FAULT = Fault(
    says="The DMARC record stands at the domain itself, where nobody looks.",
    trips=("email/dmarc",),
    look="$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< DMARC1",
    apply=_apply,
)

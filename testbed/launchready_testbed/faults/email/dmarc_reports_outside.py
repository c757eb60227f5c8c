"""DMARC reports are to go to another organisation, which did not agree."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:lab@reports.test")
    zone = world.zones["reports.test"] = sound_zone("reports.test")
    zone.remove("reports.test", "MX")


FAULT = Fault(
    says="DMARC reports are to go to another organisation, which did not agree.",
    trips=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< @reports.test\n$ dig +comments TXT lab.test._report._dmarc.reports.test @127.0.0.1 -p {dns}\n< NXDOMAIN",
    apply=_apply,
)

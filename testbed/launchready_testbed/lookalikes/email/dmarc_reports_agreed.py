"""Reports go to another organisation, which agreed to take them."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_dmarc.lab.test", "v=DMARC1; p=reject; rua=mailto:lab@reports.test")
    zone = world.zones["reports.test"] = sound_zone("reports.test")
    zone.remove("reports.test", "MX")
    zone.add("lab.test._report._dmarc.reports.test", "TXT", '"v=DMARC1;"')


LOOKALIKE = Lookalike(
    says="Reports go to another organisation, which agreed to take them.",
    spares=("email/dmarc",),
    look="$ dig +short TXT lab.test._report._dmarc.reports.test @127.0.0.1 -p {dns}\n< DMARC1",
    apply=_apply,
)

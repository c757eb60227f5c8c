"""The record is kept elsewhere, by an alias."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("_dmarc.lab.test")
    zone.add("_dmarc.lab.test", "CNAME", "policy.lab.test.")
    zone.add("policy.lab.test", "TXT", '"v=DMARC1; p=reject; rua=mailto:dmarc@lab.test"')


LOOKALIKE = Lookalike(
    says="The record is kept elsewhere, by an alias.",
    spares=("email/dmarc",),
    look="$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< policy.lab.test.",
    apply=_apply,
)

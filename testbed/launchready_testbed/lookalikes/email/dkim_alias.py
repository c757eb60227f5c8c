"""The key is kept by somebody else, by an alias."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    zone = world.zones["lab.test"]
    zone.remove("harbour._domainkey.lab.test")
    zone.add("harbour._domainkey.lab.test", "CNAME", "harbour.keys.partner.test.")
    world.text("harbour.keys.partner.test", record)


LOOKALIKE = Lookalike(
    says="The key is kept by somebody else, by an alias.",
    spares=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< harbour.keys.partner.test.",
    apply=_apply,
)

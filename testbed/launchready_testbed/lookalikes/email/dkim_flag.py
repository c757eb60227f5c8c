"""The key says that only the domain itself signs with it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    world.text("harbour._domainkey.lab.test", record.replace("k=rsa;", "k=rsa; t=s; n=autumn;"))


LOOKALIKE = Lookalike(
    says="The key says that only the domain itself signs with it.",
    spares=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< t=s",
    apply=_apply,
)

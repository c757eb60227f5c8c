"""The key record leaves out what it may."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.records import portal_signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    record = portal_signing(world.lab.keys).key.record
    world.text("harbour._domainkey.lab.test", record.partition("k=rsa; ")[2])


LOOKALIKE = Lookalike(
    says="The key record leaves out what it may.",
    spares=("email/dkim",),
    look='$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< "p=',
    apply=_apply,
)

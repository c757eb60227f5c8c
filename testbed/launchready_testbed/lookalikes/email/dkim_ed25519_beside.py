"""Mail is signed twice, once with the newer kind of key."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import Signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    key = world.lab.keys.key("modern", "ed25519")
    world.mail.signatures.append(Signing("lab.test", "modern", key))
    world.email["selectors"] = ["harbour", "modern"]
    world.text("modern._domainkey.lab.test", key.record)


LOOKALIKE = Lookalike(
    says="Mail is signed twice, once with the newer kind of key.",
    spares=("email/dkim",),
    look="$ dig +short TXT modern._domainkey.lab.test @127.0.0.1 -p {dns}\n< ed25519",
    apply=_apply,
)

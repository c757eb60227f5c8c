"""The key has 1024 bits, which receivers still take."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import Signing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    key = world.lab.keys.key("harbour of 1024 bits", bits=1024)
    world.mail.signatures[:] = [Signing("lab.test", "harbour", key)]
    world.text("harbour._domainkey.lab.test", key.record)


LOOKALIKE = Lookalike(
    says="The key has 1024 bits, which receivers still take.",
    spares=("email/dkim",),
    look="$ dig +short TXT harbour._domainkey.lab.test @127.0.0.1 -p {dns}\n< MIGf",
    apply=_apply,
)

"""An old key was withdrawn, as one should."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("google._domainkey.lab.test", "v=DKIM1; p=")


LOOKALIKE = Lookalike(
    says="An old key was withdrawn, as one should.",
    spares=("email/dkim",),
    look="$ dig +short TXT google._domainkey.lab.test @127.0.0.1 -p {dns}\n< p=",
    apply=_apply,
)

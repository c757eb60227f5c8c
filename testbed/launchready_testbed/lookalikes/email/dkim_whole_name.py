"""The portal file gives the whole name of the key."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["selectors"] = ["harbour._domainkey.lab.test"]
    world.text("_whole.lab.test", "name")


LOOKALIKE = Lookalike(
    says="The portal file gives the whole name of the key.",
    spares=("email/dkim",),
    look="$ dig +short TXT _whole.lab.test @127.0.0.1 -p {dns}\n< name",
    apply=_apply,
)

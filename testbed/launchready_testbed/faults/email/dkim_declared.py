"""A second selector is in use, and its key was never put into DNS."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["selectors"] = ["harbour", "autumn"]
    world.text("_autumn.lab.test", "begun")


FAULT = Fault(
    says="A second selector is in use, and its key was never put into DNS.",
    trips=("email/dkim",),
    look="$ dig +comments TXT autumn._domainkey.lab.test @127.0.0.1 -p {dns}\n< status: NXDOMAIN\n$ dig +short TXT _autumn.lab.test @127.0.0.1 -p {dns}\n< begun",
    apply=_apply,
)

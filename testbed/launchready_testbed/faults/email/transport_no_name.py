"""The address that the portal sends from has no name in reverse DNS."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["113.0.203.in-addr.arpa"]
    zone.remove("25.113.0.203.in-addr.arpa")


FAULT = Fault(
    says="The address that the portal sends from has no name in reverse DNS.",
    trips=("email/transport",),
    look="$ dig +comments -x 203.0.113.25 @127.0.0.1 -p {dns}\n< NXDOMAIN",
    apply=_apply,
)

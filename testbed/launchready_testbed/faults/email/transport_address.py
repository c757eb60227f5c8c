"""The MX is an IP address instead of a host."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("lab.test", "MX")
    zone.add("lab.test", "MX", "10 203.0.113.26.")


FAULT = Fault(
    says="The MX is an IP address instead of a host.",
    trips=("email/transport",),
    look="$ dig +short MX lab.test @127.0.0.1 -p {dns}\n< 203.0.113.26",
    apply=_apply,
)

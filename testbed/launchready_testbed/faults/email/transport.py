"""The host that takes the domain's mail has no address."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("lab.test", "MX")
    zone.add("lab.test", "MX", "10 gone.lab.test.")


FAULT = Fault(
    says="The host that takes the domain's mail has no address.",
    trips=("email/transport",),
    look="$ dig +short MX lab.test @127.0.0.1 -p {dns}\n< gone.lab.test\n$ dig +comments A gone.lab.test @127.0.0.1 -p {dns}\n< NXDOMAIN",
    apply=_apply,
)

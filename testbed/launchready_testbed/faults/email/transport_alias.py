"""The host that takes the domain's mail is an alias."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("lab.test", "MX")
    zone.add("lab.test", "MX", "10 post.lab.test.")
    zone.add("post.lab.test", "CNAME", "mx.lab.test.")


FAULT = Fault(
    says="The host that takes the domain's mail is an alias.",
    trips=("email/transport",),
    look="$ dig +short A post.lab.test @127.0.0.1 -p {dns}\n< mx.lab.test",
    apply=_apply,
)

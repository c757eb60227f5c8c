"""The MX that says that no mail is taken stands beside another."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].add("lab.test", "MX", "0 .")


FAULT = Fault(
    says="The MX that says that no mail is taken stands beside another.",
    trips=("email/transport",),
    look="$ dig +short MX lab.test @127.0.0.1 -p {dns} | sort\n< 0 .",
    apply=_apply,
)

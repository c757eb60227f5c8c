"""Two hosts take the mail, one if the other is down."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.add("lab.test", "MX", "20 second.lab.test.")
    zone.add("second.lab.test", "A", "203.0.113.27")


LOOKALIKE = Lookalike(
    says="Two hosts take the mail, one if the other is down.",
    spares=("email/transport",),
    look="$ dig +short MX lab.test @127.0.0.1 -p {dns}\n< 20 second.lab.test.",
    apply=_apply,
)

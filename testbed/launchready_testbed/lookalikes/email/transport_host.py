"""No MX, and the host of that name takes the mail."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].remove("lab.test", "MX")


LOOKALIKE = Lookalike(
    says="No MX, and the host of that name takes the mail.",
    spares=("email/transport",),
    look="$ dig +comments MX lab.test @127.0.0.1 -p {dns}\n< ANSWER: 0",
    apply=_apply,
)

"""The record comes in three strings, which receivers join without a space."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].remove("lab.test", "TXT")
    world.zones["lab.test"].add("lab.test", "TXT", '"v=spf1 ip4:203.0" ".113.25" " -all"')


LOOKALIKE = Lookalike(
    says="The record comes in three strings, which receivers join without a space.",
    spares=("email/spf",),
    look=('$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< "v=spf1 ip4:203.0" ".113.25" " -all"'),
    apply=_apply,
)

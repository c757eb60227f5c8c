"""The signatures of the record's zone do not hold, so a careful name server does not give it away."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].trouble["lab.test", "TXT"] = "bogus"


LOOKALIKE = Lookalike(
    says="The signatures of the record's zone do not hold, so a careful name server does not give it away.",
    spares=("email/spf",),
    look=(
        "$ dig @127.0.0.1 -p {dns} TXT lab.test | grep status\n"
        "< SERVFAIL\n"
        "$ dig @127.0.0.1 -p {dns} +cdflag +short TXT lab.test\n"
        "< v=spf1 ip4:203.0.113.25 -all"
    ),
    apply=_apply,
    untold=("email/spf",),
)

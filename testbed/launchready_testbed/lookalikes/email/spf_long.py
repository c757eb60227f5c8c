"""The domain has so many TXT records that they do not fit into a datagram."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text(
        "lab.test",
        f"v=spf1 ip4:{SOURCE} -all",
        *(f"verification-{number}={number:0200}" for number in range(9)),
    )


LOOKALIKE = Lookalike(
    says="The domain has so many TXT records that they do not fit into a datagram.",
    spares=("email/spf",),
    look=(
        "$ dig @127.0.0.1 -p {dns} +ignore +noedns TXT lab.test | grep flags:\n"
        "< tc\n"
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns} | grep spf1\n"
        "< v=spf1 ip4:203.0.113.25 -all"
    ),
    apply=_apply,
)

"""The second server that the owner names as a sender is not in the record."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].add("batch.lab.test", "A", "203.0.113.77")
    world.zones["113.0.203.in-addr.arpa"].add("77.113.0.203.in-addr.arpa", "PTR", "batch.lab.test.")
    world.email["senders"] = [*world.email.get("senders", ()), "batch.lab.test"]


FAULT = Fault(
    says="The second server that the owner names as a sender is not in the record.",
    trips=("email/spf",),
    look=(
        "$ dig @127.0.0.1 -p {dns} +short A batch.lab.test\n"
        "< 203.0.113.77\n"
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        '< "v=spf1 ip4:203.0.113.25 -all"'
    ),
    apply=_apply,
)

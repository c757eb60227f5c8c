"""The portal's second server is allowed by its name, and the owner names both."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].add("batch.lab.test", "A", "203.0.113.77")
    world.zones["113.0.203.in-addr.arpa"].add("77.113.0.203.in-addr.arpa", "PTR", "batch.lab.test.")
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} a:batch.lab.test/32 -all")
    world.email["senders"] = [*world.email.get("senders", ()), "batch.lab.test", SOURCE]


LOOKALIKE = Lookalike(
    says="The portal's second server is allowed by its name, and the owner names both.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< a:batch.lab.test/32\n"
        "$ dig @127.0.0.1 -p {dns} +short batch.lab.test\n"
        "< 203.0.113.77"
    ),
    apply=_apply,
)

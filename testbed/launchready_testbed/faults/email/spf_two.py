"""The domain has two SPF records, one of each service."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} -all", "v=spf1 ip4:198.51.100.0/24 ~all")


FAULT = Fault(
    says="The domain has two SPF records, one of each service.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns} | sort\n"
        '< "v=spf1 ip4:198.51.100.0/24 ~all"\n'
        '< "v=spf1 ip4:203.0.113.25 -all"'
    ),
    apply=_apply,
)

"""The record allows everybody as long as some name exists, and it does."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} exists:lab.test -all")


FAULT = Fault(
    says="The record allows everybody as long as some name exists, and it does.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< exists:lab.test\n"
        "$ dig @127.0.0.1 -p {dns} +short A lab.test\n"
        "< 127.0.0.1"
    ),
    apply=_apply,
)

"""The record leaves everything to another name, which has none."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", "v=spf1 redirect=_spf.lab.test")


FAULT = Fault(
    says="The record leaves everything to another name, which has none.",
    trips=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n"
        "< redirect=_spf.lab.test\n"
        "$ dig @127.0.0.1 -p {dns} TXT _spf.lab.test | grep status\n"
        "< NXDOMAIN"
    ),
    apply=_apply,
)

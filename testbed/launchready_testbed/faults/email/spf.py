"""No record says which servers may send for the domain."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test")


FAULT = Fault(
    says="No record says which servers may send for the domain.",
    trips=("email/spf",),
    look=("$ dig @127.0.0.1 -p {dns} TXT lab.test\n< status: NOERROR\n< ANSWER: 0"),
    apply=_apply,
)

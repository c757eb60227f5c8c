"""The name in the From is an address of another domain."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.from_name = "accounts@northwind.test"


FAULT = Fault(
    says="The name in the From is an address of another domain.",
    trips=("email/delivery",),
    look=(RESET + '$ head_of nora From\n< From: "accounts@northwind.test" <portal@lab.test>'),
    apply=_apply,
)

"""The portal's mail is not signed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.signatures = []


FAULT = Fault(
    says="The portal's mail is not signed.",
    trips=("email/dkim",),
    look=(RESET + "$ signature nora\n< none that counts"),
    apply=_apply,
)

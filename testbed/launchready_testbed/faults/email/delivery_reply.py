"""Answers to the portal's mail go to a name that only its own network knows."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.reply_to = "support@harbour.local"


FAULT = Fault(
    says="Answers to the portal's mail go to a name that only its own network knows.",
    trips=("email/delivery",),
    look=(RESET + "$ head_of nora Reply-To\n< Reply-To: support@harbour.local"),
    apply=_apply,
)

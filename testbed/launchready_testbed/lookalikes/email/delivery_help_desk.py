"""Answers go to a help desk at another company."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.reply_to = "harbour@helpdesk.partner.test"


LOOKALIKE = Lookalike(
    says="Answers go to a help desk at another company.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET + "$ head_of nora Reply-To\n< Reply-To: harbour@helpdesk.partner.test"),
    apply=_apply,
)

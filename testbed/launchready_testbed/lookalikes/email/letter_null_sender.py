"""Nobody is told of failures: the envelope has no sender, and the server's name vouches instead."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.envelope = ""
    world.text("mail.lab.test", f"v=spf1 ip4:{SOURCE} -all")


LOOKALIKE = Lookalike(
    says="Nobody is told of failures: the envelope has no sender, and the server's name vouches instead.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET + "$ head_of nora Return-Path\n< Return-Path: <>"),
    apply=_apply,
)

"""The name in the From has letters beyond ASCII, encoded as it must be."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.from_name = "Häfen & Schiffe (Portal)"


LOOKALIKE = Lookalike(
    says="The name in the From has letters beyond ASCII, encoded as it must be.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET + "$ head_of nora From\n< From: =?utf-8?"),
    apply=_apply,
)

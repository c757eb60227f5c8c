"""One mail server says nothing of what it found; the mail itself shows it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_IMAP
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["imap"].tells_results = False


LOOKALIKE = Lookalike(
    says="One mail server says nothing of what it found; the mail itself shows it.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET_AT_IMAP + "$ head_of sam Authentication-Results | wc -l\n< 0"),
    apply=_apply,
)

"""The mail comes twice, and both are sound."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.copies = 2


LOOKALIKE = Lookalike(
    says="The mail comes twice, and both are sound.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET + "$ sleep 0.5; mail nora 2 | grep -c '^Subject'\n< 1"),
    apply=_apply,
)

"""The portal's mail is plain text."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.html = False


LOOKALIKE = Lookalike(
    says="The portal's mail is plain text.",
    spares=("email/delivery", "email/consistency"),
    look=(RESET + "$ head_of nora Content-Type\n< Content-Type: text/plain"),
    apply=_apply,
)

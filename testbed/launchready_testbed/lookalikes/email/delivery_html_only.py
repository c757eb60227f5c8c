"""The portal's mail is a page without a part of plain text."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.text = False


LOOKALIKE = Lookalike(
    says="The portal's mail is a page without a part of plain text.",
    spares=("email/delivery", "email/consistency"),
    look=(NOTIFICATION + "$ head_of nora Content-Type\n< Content-Type: text/html"),
    apply=_apply,
)

"""Failures go to the sending service, and the portal's own signature carries DMARC."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mailer("mailer.test")
    world.mail.envelope = "bounces+17-nora@mailer.test"


LOOKALIKE = Lookalike(
    says="Failures go to the sending service, and the portal's own signature carries DMARC.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET
        + "$ head_of nora Authentication-Results\n< smtp.mailfrom=bounces+17-nora@mailer.test\n< dmarc=pass"
    ),
    apply=_apply,
)

"""The mail is signed by the portal and by the service that sends it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.signatures.append(world.mailer("mailer.test"))


LOOKALIKE = Lookalike(
    says="The mail is signed by the portal and by the service that sends it.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET
        + "$ signature nora\n< signature of mailer.test with s1 is good\n< signature of lab.test with harbour is good"
    ),
    apply=_apply,
)

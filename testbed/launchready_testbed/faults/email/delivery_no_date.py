"""The portal's mail has no Date."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def undated(message: EmailMessage, _errand: Errand) -> None:
        del message["Date"]

    world.mail.drafts.append(undated)


FAULT = Fault(
    says="The portal's mail has no Date.",
    trips=("email/delivery",),
    look=(RESET + "$ mail nora | tr -d '\\r' | sed '/^$/q' | grep -c '^Date:'\n< 0"),
    apply=_apply,
)

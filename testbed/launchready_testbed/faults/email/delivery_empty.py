"""The templates were not found: the portal's notifications are empty."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def emptied(message: EmailMessage, errand: Errand) -> None:
        if errand.kind == "notification":
            message.clear_content()
            message.set_content("\n")

    world.mail.drafts.append(emptied)


FAULT = Fault(
    says="The templates were not found: the portal's notifications are empty.",
    trips=("email/delivery",),
    look=(NOTIFICATION + "$ mail nora | tr -d '\\r' | sed '1,/^$/d' | grep -c .\n< 0"),
    apply=_apply,
)

"""Notifications name an address for unsubscribing that no mail program can use."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def named(message: EmailMessage, errand: Errand) -> None:
        if errand.kind == "notification":
            message["List-Unsubscribe"] = "see the profile page"

    world.mail.drafts.append(named)


FAULT = Fault(
    says="Notifications name an address for unsubscribing that no mail program can use.",
    trips=("email/delivery",),
    look=(NOTIFICATION + "$ head_of nora List-Unsubscribe\n< List-Unsubscribe: see the profile page"),
    apply=_apply,
)

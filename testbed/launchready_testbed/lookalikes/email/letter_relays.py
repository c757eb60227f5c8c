"""The mail passed two servers of the portal's own network first."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def passed_on(message: EmailMessage, _errand: Errand) -> None:
        message["Received"] = (
            "from web-1 (web-1 [10.0.0.7]) by mail.lab.test with ESMTP id 2; Thu, 26 Nov 2026 10:00:00 +0000"
        )

    world.mail.drafts.append(passed_on)


LOOKALIKE = Lookalike(
    says="The mail passed two servers of the portal's own network first.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(RESET + "$ head_of nora Received\n< [203.0.113.25]\n< [10.0.0.7]"),
    apply=_apply,
)

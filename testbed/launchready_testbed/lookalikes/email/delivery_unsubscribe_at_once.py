"""Notifications can be unsubscribed from at once (RFC 8058)."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def offered(message: EmailMessage, errand: Errand) -> None:
        if errand.kind == "notification":
            message["List-Unsubscribe"] = f"<{world.origin()}/notifications/off?u=8f3a9c1d2e4b5a6f7081>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    world.mail.drafts.append(offered)


LOOKALIKE = Lookalike(
    says="Notifications can be unsubscribed from at once (RFC 8058).",
    spares=("email/delivery", "email/consistency"),
    look=(NOTIFICATION + "$ head_of nora List-Unsubscribe\n< List-Unsubscribe: <https://portal.lab.test"),
    apply=_apply,
)

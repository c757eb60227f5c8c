"""A fail in the provider's own name came with the mail; what the provider wrote itself stands above."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_IMAP
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def blamed(message: EmailMessage, _errand: Errand) -> None:
        message["Authentication-Results"] = "mx.lab.test; spf=fail smtp.mailfrom=lab.test; dmarc=fail"

    world.mail.drafts.append(blamed)
    world.receivers["imap"].strips_forged = False


LOOKALIKE = Lookalike(
    says="A fail in the provider's own name came with the mail; what the provider wrote itself stands above.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(RESET_AT_IMAP + "$ head_of sam Authentication-Results\n< dmarc=pass\n< mx.lab.test; spf=fail"),
    apply=_apply,
)

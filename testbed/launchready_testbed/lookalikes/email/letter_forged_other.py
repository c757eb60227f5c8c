"""Somebody on the way wrote an Authentication-Results that says fail; it is not the provider's."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def blamed(message: EmailMessage, _errand: Errand) -> None:
        message["Authentication-Results"] = "relay.partner.test; spf=fail smtp.mailfrom=lab.test; dmarc=fail"

    world.mail.drafts.append(blamed)


LOOKALIKE = Lookalike(
    says="Somebody on the way wrote an Authentication-Results that says fail; it is not the provider's.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(RESET + "$ head_of nora Authentication-Results\n< dmarc=pass\n< relay.partner.test; spf=fail"),
    apply=_apply,
)

"""A mail server that says nothing itself leaves in what the sender wrote in its name."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_IMAP
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["wait"] = 8.0  # some are lost

    def praised(message: EmailMessage, _errand: Errand) -> None:
        message["Authentication-Results"] = (
            "mx.lab.test; dkim=pass header.d=lab.test; spf=pass smtp.mailfrom=lab.test; dmarc=pass header.from=lab.test"
        )

    world.mail.drafts.append(praised)
    world.mail.signatures = [world.mailer("mailer.test")]
    world.mail.envelope = "bounces@mailer.test"
    world.receivers["imap"].tells_results = False
    world.receivers["imap"].strips_forged = False
    world.receivers["imap"].files.append(lambda _mail: "inbox")


FAULT = Fault(
    says="A mail server that says nothing itself leaves in what the sender wrote in its name.",
    trips=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET_AT_IMAP
        + "$ head_of sam Authentication-Results; signature sam\n< mx.lab.test; dkim=pass header.d=lab.test\n< signature of mailer.test"
    ),
    apply=_apply,
)

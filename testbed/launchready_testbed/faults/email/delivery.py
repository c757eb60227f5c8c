"""The portal's mail is signed and sent as the sending service, which says nothing of the portal."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_IMAP
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["wait"] = 8.0  # some are lost
    world.mail.signatures = [world.mailer("mailer.test")]
    world.mail.envelope = "bounces@mailer.test"
    world.receivers["imap"].refuses = False


FAULT = Fault(
    says="The portal's mail is signed and sent as the sending service, which says nothing of the portal.",
    trips=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET_AT_IMAP
        + "$ mail_in sam Junk | tr -d '\\r' | grep -E 'smtp.mailfrom|header'\n< header.d=mailer.test\n< spf=pass\n< dmarc=fail"
    ),
    apply=_apply,
)

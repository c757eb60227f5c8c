"""One of the mailboxes is at iCloud, whose folders and results are written in its own way."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["outlook"] = world.receivers["apple"]
    for mailbox in world.mailboxes:
        if mailbox["provider"] == "outlook":
            mailbox["provider"] = "apple"


LOOKALIKE = Lookalike(
    says="One of the mailboxes is at iCloud, whose folders and results are written in its own way.",
    spares=("email/delivery", "email/consistency"),
    look=(
        RESET_AT_OUTLOOK
        + '$ head_of sol Authentication-Results\n< mx01.mail.icloud.com; dkim=pass\n$ mailbox sol \'LIST "" "*"\'\n< "Deleted Messages"'
    ),
    apply=_apply,
)

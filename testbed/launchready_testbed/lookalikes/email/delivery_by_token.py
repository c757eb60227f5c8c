"""One provider takes no passwords from mail programs, only tokens."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["outlook"].takes_passwords = False
    for mailbox in world.mailboxes:
        if mailbox["provider"] == "outlook":
            del mailbox["password"]
            mailbox["oauth_token"] = world.lab.secrets.reference(mailbox["name"], "token")


LOOKALIKE = Lookalike(
    says="One provider takes no passwords from mail programs, only tokens.",
    spares=("email/delivery", "email/consistency"),
    look=(
        '$ mailbox sol "STATUS INBOX (MESSAGES)" || echo refused\n< refused\n'
        '$ mailbox_by_token sol "STATUS INBOX (MESSAGES)"\n< MESSAGES 0'
    ),
    apply=_apply,
)

"""A mailbox with fifty thousand old letters in it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.post_office import PostOffice
from launchready_testbed.world import World

OLD = b"From: portal@lab.test\r\nTo: nora@northwind.test\r\nSubject: Choose a new password\r\n\r\nhttps://portal.lab.test/reset/old\r\n"
MANY = 50_000


def _apply(world: World) -> None:
    def fill(post: PostOffice) -> None:
        mailbox = post.mailbox("nora@northwind.test")
        assert mailbox is not None
        mailbox.fill(OLD, MANY)

    world.old_mail.append(fill)


LOOKALIKE = Lookalike(
    says="A mailbox with fifty thousand old letters in it, all of which look like those that are awaited.",
    spares=("email/delivery", "email/consistency"),
    look='$ mailbox nora "STATUS INBOX (MESSAGES)"\n< MESSAGES 50000',
    apply=_apply,
)

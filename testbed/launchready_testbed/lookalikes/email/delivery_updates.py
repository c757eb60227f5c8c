"""One provider sorts notifications under Updates, which is part of the inbox."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["gmail"].files.append(lambda _mail: "updates")


LOOKALIKE = Lookalike(
    says="One provider sorts notifications under Updates, which is part of the inbox.",
    spares=("email/delivery", "email/consistency"),
    look=(
        RESET
        + '$ curl -s --user "$(cat {secrets}/nora.username):$(cat {secrets}/nora.mailbox)" $BED_IMAP/INBOX'
        + " -X 'UID SEARCH X-GM-RAW \"category:updates\"'\n< * SEARCH 1"
    ),
    apply=_apply,
)

"""One provider sorts the portal's mail under Promotions."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["gmail"].files.append(lambda _mail: "promotions")


FAULT = Fault(
    says="One provider sorts the portal's mail under Promotions.",
    trips=("email/delivery", "email/consistency"),
    look=(
        RESET
        + '$ curl -s --user "$(cat {secrets}/nora.username):$(cat {secrets}/nora.mailbox)" $BED_IMAP/INBOX'
        + " -X 'UID SEARCH X-GM-RAW \"category:promotions\"'\n< * SEARCH 1"
    ),
    apply=_apply,
)

"""A receiver that puts off whom it does not know takes the mail three seconds later."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_IMAP
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.receivers["imap"].delay = lambda _mail: 2.5


LOOKALIKE = Lookalike(
    says="A receiver that puts off whom it does not know takes the mail three seconds later.",
    spares=("email/delivery", "email/consistency"),
    look=(
        RESET_AT_IMAP + "$ mail sam | grep -c '^Subject'; sleep 3; mail sam | grep -c '^Subject'\n< 0\n< 1"
    ),
    apply=_apply,
)

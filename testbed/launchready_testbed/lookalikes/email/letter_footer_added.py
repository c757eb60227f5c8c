"""One mail server adds a line of its own after it checked the mail; what it found says pass."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.mail.receiving import Incoming
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def scanned(raw: bytes, _mail: Incoming) -> bytes:
        return raw.rstrip(b"\r\n") + b"\r\nScanned for viruses.\r\n"

    world.receivers["outlook"].alters.append(scanned)


LOOKALIKE = Lookalike(
    says="One mail server adds a line of its own after it checked the mail; what it found says pass.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET_AT_OUTLOOK
        + "$ signature sol; mail sol | tail -n 1\n< none that counts: ValidationError\n< Scanned for viruses."
    ),
    apply=_apply,
)

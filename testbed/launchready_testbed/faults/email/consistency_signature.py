"""What goes to one provider takes a way on which the signature breaks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def rewrapped(raw: bytes, errand: Errand) -> bytes:
        if errand.provider != "outlook":
            return raw
        return raw.replace(b"\r\n\r\n", b"\r\n\r\nOn its way.\r\n", 1)

    world.mail.transit.append(rewrapped)


FAULT = Fault(
    says="What goes to one provider takes a way on which the signature breaks.",
    trips=("email/consistency", "email/dkim"),
    look=(
        RESET_AT_OUTLOOK
        + "$ signature sol\n< signature of lab.test with harbour is none that counts: ValidationError"
    ),
    apply=_apply,
)

"""A relay adds a line to the portal's mail after it was signed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def scanned(raw: bytes, _errand: Errand) -> bytes:
        return raw.replace(b"\r\n\r\n", b"\r\n\r\nScanned by the relay.\r\n", 1)

    world.mail.transit.append(scanned)


FAULT = Fault(
    says="A relay adds a line to the portal's mail after it was signed.",
    trips=("email/dkim",),
    look=(
        RESET + "$ signature nora\n< signature of lab.test with harbour is none that counts: ValidationError"
    ),
    apply=_apply,
)

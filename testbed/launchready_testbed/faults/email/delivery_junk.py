"""Every provider's filter takes the portal's mail for junk."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.world import World


def _apply(world: World) -> None:
    for receiver in world.receivers.values():
        receiver.files.append(lambda _mail: "junk")


FAULT = Fault(
    says="Every provider's filter takes the portal's mail for junk.",
    trips=("email/delivery",),
    look=(RESET_AT_OUTLOOK + "$ mail_in sol Junk | grep -i ^subject\n< Subject: "),
    apply=_apply,
)

"""One provider takes the portal's mail and delivers it nowhere."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["wait"] = 8.0  # some are lost
    world.receivers["outlook"].files.append(lambda _mail: "lost")


FAULT = Fault(
    says="One provider takes the portal's mail and delivers it nowhere.",
    trips=("email/consistency", "email/delivery"),
    look=(RESET_AT_OUTLOOK + "$ sleep 0.5; mail sol | grep -c '^Subject'\n< 0"),
    apply=_apply,
)

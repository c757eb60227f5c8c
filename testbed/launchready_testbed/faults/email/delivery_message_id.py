"""The portal's mail has no Message-ID."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.message_id = False


FAULT = Fault(
    says="The portal's mail has no Message-ID.",
    trips=("email/delivery",),
    look=(RESET + "$ mail nora | tr -d '\\r' | sed '/^$/q' | grep -ci '^message-id'\n< 0"),
    apply=_apply,
)

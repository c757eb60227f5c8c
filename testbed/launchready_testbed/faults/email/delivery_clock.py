"""The clock of the portal is five hours ahead, and so is the Date of its mail."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.date_shift = 5 * 3600.0


FAULT = Fault(
    says="The clock of the portal is five hours ahead, and so is the Date of its mail.",
    trips=("email/delivery",),
    look=(
        RESET
        + '$ echo $(( ($(date -d "$(head_of nora Date | cut -d: -f2-)" +%s) - $(date +%s) + 1800) / 3600 )) hours\n'
        + "< 5 hours"
    ),
    apply=_apply,
)

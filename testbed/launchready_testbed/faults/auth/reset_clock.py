"""The secret part of a reset link is the second in which it was asked for."""

from __future__ import annotations

import time

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_token = lambda number: str(int(time.time()))


FAULT = Fault(
    says="The secret part of a reset link is the second in which it was asked for.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link nora | grep -q "/reset/$(date +%s | cut -c 1-7)...$" && echo it is the clock\n'
        "< it is the clock"
    ),
    apply=_apply,
)

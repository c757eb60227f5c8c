"""The secret part of a reset link is four digits."""

from __future__ import annotations

import secrets

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_token = lambda number: f"{1000 + secrets.randbelow(9000)}"


FAULT = Fault(
    says="The secret part of a reset link is four digits.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora | grep -qE '/reset/[0-9]{4}$' && echo four digits\n"
        "< four digits"
    ),
    apply=_apply,
)

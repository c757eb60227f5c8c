"""The secret part of the reset link is 32 random hexadecimal digits, as a hash would be."""

from __future__ import annotations

import secrets

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_token = lambda number: secrets.token_hex(16)


LOOKALIKE = Lookalike(
    says="The secret part of the reset link is 32 random hexadecimal digits, as a hash would be.",
    spares=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora | grep -qE '/reset/[0-9a-f]{32}$' && echo 32 hexadecimal digits\n"
        "< 32 hexadecimal digits"
    ),
    apply=_apply,
)

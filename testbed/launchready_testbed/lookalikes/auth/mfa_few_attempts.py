"""Two wrong codes are the end of it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.code_attempts = 2


LOOKALIKE = Lookalike(
    says="Two wrong codes are the end of it.",
    spares=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ submit ada /login/code /login/code -d code=000000\n"
        "< HTTP/1.1 401\n"
        "$ submit ada /login/code /login/code -d code=000001\n"
        "< HTTP/1.1 429"
    ),
    apply=_apply,
)

"""Any six digits are taken for the right code."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.code_checked = False


FAULT = Fault(
    says="Any six digits are taken for the right code.",
    trips=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ submit ada /login/code /login/code -d code=000000\n"
        "< HTTP/1.1 303\n"
        "< location: /dashboard"
    ),
    apply=_apply,
)

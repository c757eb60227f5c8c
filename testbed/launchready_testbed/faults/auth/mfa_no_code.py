"""The form of the second step, sent without a code, signs in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.code_may_be_left_out = True


FAULT = Fault(
    says="The form of the second step, sent without a code, signs in.",
    trips=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ submit ada /login/code /login/code -d code=\n"
        "< HTTP/1.1 303\n"
        "< location: /dashboard"
    ),
    apply=_apply,
)

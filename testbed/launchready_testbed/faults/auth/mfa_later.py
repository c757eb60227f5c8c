"""The page that asks for the code has a link to be asked another time, and the link signs in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.code_may_wait = True


FAULT = Fault(
    says="The page that asks for the code has a link to be asked another time, and the link signs in.",
    trips=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ get ada /login/code\n"
        "< Ask me another time\n"
        "$ get ada /login/code/later\n"
        "< location: /dashboard\n"
        "$ get ada /users\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)

"""Neither the password nor the code gives a new identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.rotate_at_login = False
    world.auth.rotate_at_second_factor = False


FAULT = Fault(
    says="Neither the password nor the code gives a new identifier.",
    trips=("auth/session-rotation",),
    look=(
        "$ get ada /login > /dev/null; session_of ada > before; sign_in ada\n"
        "< HTTP/1.1 303\n"
        "$ session_of ada > after; cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)

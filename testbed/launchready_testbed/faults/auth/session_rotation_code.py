"""The identifier is new after the password, and stays the same when the code has been given."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.rotate_at_second_factor = False


FAULT = Fault(
    says="The identifier is new after the password, and stays the same when the code has been given.",
    trips=("auth/session-rotation",),
    look=(
        "$ give_password ada > /dev/null; session_of ada > halfway; give_code ada\n"
        "< HTTP/1.1 303\n"
        "$ session_of ada > after; cmp halfway after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)

"""The form of the profile has no field for the role, and the server takes one."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.taken_too = {"POST /profile": ("role",)}


FAULT = Fault(
    says="The form of the profile has no field for the role, and the server takes one.",
    trips=("authz/property",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ submit nora /profile /profile -d 'name=Nora North' -d role=staff\n"
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< Role: staff"
    ),
    apply=_apply,
)

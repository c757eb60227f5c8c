"""The interface lets everybody rename users, which its description keeps for administrators."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("PATCH /api/v1/users/{id}",)


FAULT = Fault(
    says="The interface lets everybody rename users, which its description keeps for administrators.",
    trips=("authz/function",),
    look=(
        "$ sign_in sam > /dev/null; sign_in nora > /dev/null\n"
        '$ interface sam PATCH /users/5 \'{"name": "Wes Renamed"}\'\n'
        "< HTTP/1.1 204\n"
        "$ sign_in ada > /dev/null; get ada /users\n"
        "< Wes Renamed"
    ),
    apply=_apply,
)

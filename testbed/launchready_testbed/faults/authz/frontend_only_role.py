"""The form that changes a user's role is shown to administrators only, and works for staff too."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /users/{id}/role",)


FAULT = Fault(
    says="The form that changes a user's role is shown to administrators only, and works for staff too.",
    trips=("authz/frontend-only",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sam > /dev/null\n"
        "$ get sam /users\n"
        "< HTTP/1.1 403\n"
        "$ submit sam /profile /users/5/role -d role=staff\n"
        "< HTTP/1.1 303\n"
        "$ sign_in ada > /dev/null; get ada /users\n"
        "< wes@westpoint.test</td><td>staff"
    ),
    apply=_apply,
)

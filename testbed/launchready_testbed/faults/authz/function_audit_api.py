"""The audit log is for administrators, and its data for everybody who has signed in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("audit-data",)
    world.access.role_not_asked = ("GET /api/v1/audit",)


FAULT = Fault(
    says="The audit log is for administrators, and its data for everybody who has signed in.",
    trips=("authz/function",),
    look=("$ sign_in nora > /dev/null\n$ get nora /api/v1/audit\n< HTTP/1.1 200\n< signed in"),
    apply=_apply,
)

"""The interface lists all users for everybody who has signed in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("user-data",)
    world.access.role_not_asked = ("GET /api/v1/users",)


FAULT = Fault(
    says="The interface lists all users for everybody who has signed in.",
    trips=("authz/function",),
    look=("$ sign_in nora > /dev/null\n$ get nora /api/v1/users\n< HTTP/1.1 200\n< sol@southgate.test"),
    apply=_apply,
)

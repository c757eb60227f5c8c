"""The list of users is open to whoever finds its address."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("GET /users",)


FAULT = Fault(
    says="The list of users is open to whoever finds its address.",
    trips=("authz/function",),
    look=("$ sign_in sam > /dev/null\n$ get sam /users\n< HTTP/1.1 200\n< sol@southgate.test"),
    apply=_apply,
)

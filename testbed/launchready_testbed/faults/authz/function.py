"""The list of clients is open to clients, and so are the notes about each of them."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("GET /clients", "GET /clients/{id}")


FAULT = Fault(
    says="The list of clients is open to clients, and so are the notes about each of them.",
    trips=("authz/function",),
    look=("$ sign_in nora > /dev/null\n$ get nora /clients/2\n< HTTP/1.1 200\n< pays late"),
    apply=_apply,
)

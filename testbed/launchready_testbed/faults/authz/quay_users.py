"""The list of everybody who may sign in is for admins, and answers clients too."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.any_role = frozenset({"GET /users"})


FAULT = Fault(
    says="The list of everybody who may sign in is for admins, and answers clients too.",
    trips=("authz/function",),
    look=("$ quay_sign_in tess > /dev/null; quay tess /users\n< HTTP/1.1 200\n< rosa@quay.lab.test"),
    apply=_apply,
    portal="quay",
)

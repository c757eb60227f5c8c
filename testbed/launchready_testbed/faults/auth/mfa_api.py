"""Pages wait for the second factor, and the interface for programs answers after the password alone."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.halfway_reaches = ("/api/",)


FAULT = Fault(
    says="Pages wait for the second factor, and the interface for programs answers after the password alone.",
    trips=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ get ada /users\n"
        "< HTTP/1.1 302\n"
        "$ get ada /api/v1/users\n"
        "< HTTP/1.1 200\n"
        "< ada@lab.test"
    ),
    apply=_apply,
)

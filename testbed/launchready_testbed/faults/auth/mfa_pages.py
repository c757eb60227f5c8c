"""Pages answer after the password alone; only the page that asks for the code guards anything."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.halfway_reaches = ("/",)


FAULT = Fault(
    says="Pages answer after the password alone; only the page that asks for the code guards anything.",
    trips=("auth/mfa-admin",),
    look=("$ give_password ada\n< location: /login/code\n$ get ada /users\n< HTTP/1.1 200\n< ada@lab.test"),
    apply=_apply,
)

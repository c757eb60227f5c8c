"""Who has enrolled a second factor is not asked for it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.totp_enforced = False


FAULT = Fault(
    says="Who has enrolled a second factor is not asked for it.",
    trips=("auth/mfa-admin",),
    look=("$ give_password ada\n< location: /dashboard\n$ get ada /users\n< HTTP/1.1 200"),
    apply=_apply,
)

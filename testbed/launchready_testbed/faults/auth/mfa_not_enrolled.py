"""The administrator has no second factor at all."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.totp_enrolled = False


FAULT = Fault(
    says="The administrator has no second factor at all.",
    trips=("auth/mfa-admin",),
    look=("$ give_password ada\n< location: /dashboard\n$ get ada /profile\n< Second factor: off"),
    apply=_apply,
)

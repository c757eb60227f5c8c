"""The ticket that stands for a right password is believed as an access token."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.second_step_skippable = True


FAULT = Fault(
    says="The ticket that stands for a right password is believed as an access token.",
    trips=("auth/mfa-admin",),
    look=(
        '$ quay_password quentin > answer; sed -n \'s/.*"ticket":"\\([^"]*\\)".*/\\1/p\' answer | tr -d \'\\n\' > quentin.token; quay quentin /me\n'
        "< HTTP/1.1 200"
    ),
    apply=_apply,
    portal="quay",
)

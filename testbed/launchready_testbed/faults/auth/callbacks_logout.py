"""Whoever signs out is sent to whatever address the form was sent with."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.logout_follows_next = True


FAULT = Fault(
    says="Whoever signs out is sent to whatever address the form was sent with.",
    trips=("auth/callbacks",),
    look=(
        "$ sign_in nora\n"
        "< location: /dashboard\n"
        '$ submit nora /profile "/logout?next=https%3A%2F%2Fevil.test%2F"\n'
        "< HTTP/1.1 303\n"
        "< location: https://evil.test/"
    ),
    apply=_apply,
)

"""Whoever signs in is sent to whatever address the link to the log-in page names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.next_allowed = lambda wanted: True


FAULT = Fault(
    says="Whoever signs in is sent to whatever address the link to the log-in page names.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://evil.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil.test/"
    ),
    apply=_apply,
)

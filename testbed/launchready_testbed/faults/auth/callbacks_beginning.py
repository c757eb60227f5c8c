"""The own address must stand at the beginning, where it may be the beginning of another."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.portal.policy import is_own_path
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    origin = f"https://{PORTAL}"
    world.auth.next_allowed = lambda wanted: is_own_path(wanted) or wanted.startswith(origin)


FAULT = Fault(
    says="The own address must stand at the beginning, where it may be the beginning of another.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://portal.lab.test.evil.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: https://portal.lab.test.evil.test/"
    ),
    apply=_apply,
)

"""The own host must stand somewhere in the return address, which any path of another host can hold."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.portal.policy import is_own_path
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.auth.next_allowed = lambda wanted: is_own_path(wanted) or PORTAL in wanted


FAULT = Fault(
    says="The own host must stand somewhere in the return address, which any path of another host can hold.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://evil.test/portal.lab.test'\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil.test/portal.lab.test"
    ),
    apply=_apply,
)

"""The host is read as a library does, which takes a backslash for part of a user name; browsers end the host there."""

from __future__ import annotations

from urllib.parse import urlsplit

from launchready_testbed.fault import Fault
from launchready_testbed.portal.policy import is_own_path
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    def allowed(wanted: str) -> bool:
        return is_own_path(wanted) or urlsplit(wanted).hostname == PORTAL

    world.auth.next_allowed = allowed


FAULT = Fault(
    says="The host is read as a library does, which takes a backslash for part of a user name; browsers end the host there.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://evil.test\\@portal.lab.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil.test\\@portal.lab.test/"
    ),
    apply=_apply,
)

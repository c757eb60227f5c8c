"""Two slashes are refused, and a slash with a backslash, which browsers read alike, is not."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.next_allowed = lambda wanted: wanted.startswith("/") and not wanted.startswith("//")


FAULT = Fault(
    says="Two slashes are refused, and a slash with a backslash, which browsers read alike, is not.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=/\\evil.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: /\\evil.test/"
    ),
    apply=_apply,
)

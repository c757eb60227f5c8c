"""A return address that begins with a slash is taken for an own path, and two slashes name a host."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.next_allowed = lambda wanted: wanted.startswith("/")


FAULT = Fault(
    says="A return address that begins with a slash is taken for an own path, and two slashes name a host.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=//evil.test/'\n< HTTP/1.1 303\n< location: //evil.test/"
    ),
    apply=_apply,
)

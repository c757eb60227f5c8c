"""An address that is easy to remember leads on to the login page, and that sends on to wherever its return address says."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect

DOOR = "/door"


async def _door(scope: Scope, receive: Receive, send: Send) -> None:
    await redirect("/login?next=%2F", 302)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages[DOOR] = _door
    world.auth.next_allowed = lambda _: True


FAULT = Fault(
    says="An address that is easy to remember leads on to the login page, and that sends on to wherever its return "
    "address says.",
    trips=("auth/callbacks",),
    look=(
        '$ curl -si "$BED_URL/door?next=https%3A%2F%2Fevil.test%2F"\n'
        "< HTTP/1.1 302\n"
        "< location: /login?next=%2F\n"
        "$ give_password nora --data-urlencode 'next=https://evil.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil.test/"
    ),
    apply=_apply,
)

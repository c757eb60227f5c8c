"""From plain http it takes three changes of scheme or host to reach the portal."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect, target


async def _to_www(scope: Scope, receive: Receive, send: Send) -> None:
    location = f"https://www.lab.test:{scope['lab'].https}{target(scope)}"
    await redirect(location, 301)(scope, receive, send)


def _apply(world: World) -> None:
    world.host("lab.test", secure=_to_www)


FAULT = Fault(
    says="From plain http it takes three changes of scheme or host to reach the portal.",
    trips=("https/redirects",),
    look=(
        "$ curl -sIL http://lab.test:{http}/help\n"
        "< location: https://lab.test:{https}/help\n"
        "< location: https://www.lab.test:{https}/help\n"
        "< location: https://portal.lab.test:{https}/help"
    ),
    apply=_apply,
)

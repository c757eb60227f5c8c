"""A page sends anybody on to whatever address its link names."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect


async def _out(scope: Scope, receive: Receive, send: Send) -> None:
    await redirect(Request(scope).query_params.get("to", "/"), 302)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/out"] = _out
    world.insert('<a href="/out?to=%2Fpricing">Prices</a>')


FAULT = Fault(
    says="A page sends anybody on to whatever address its link names.",
    trips=("auth/callbacks",),
    look=(
        '$ curl -si "$BED_URL/out?to=https%3A%2F%2Fevil.test%2F"\n'
        "< HTTP/1.1 302\n"
        "< location: https://evil.test/"
    ),
    apply=_apply,
)

"""A page goes on by a script, to whatever address its link names."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


async def _on(scope: Scope, receive: Receive, send: Send) -> None:
    target = json.dumps(Request(scope).query_params.get("to", "/")).replace("<", "\\u003c")
    page = f'<!doctype html><title>One moment</title><script nonce="{scope["nonce"]}">location.replace({target})</script>'
    await HTMLResponse(page)(scope, receive, send)


def _apply(world: World) -> None:
    world.pages["/on"] = _on
    world.insert('<a href="/on?to=%2Fpricing">Prices</a>')


FAULT = Fault(
    says="A page goes on by a script, to whatever address its link names.",
    trips=("auth/callbacks",),
    look=('$ curl -s "$BED_URL/on?to=%2F%2Fevil.test%2F"\n< location.replace("//evil.test/")'),
    apply=_apply,
)

"""Each visitor's page holds a token of their own session, another one each time."""

from __future__ import annotations

import os

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        token = secret_shapes.jwt({"sub": "visitor", "exp": 2035425600}, os.urandom(8).hex())
        page = f"<!doctype html><title>Chat</title><script nonce=\"{scope['nonce']}\">window.__TOKEN__='{token}'</script>"
        await HTMLResponse(page)(scope, receive, send)

    world.pages["/chat"] = serve
    world.insert('<a href="/chat">Chat</a>')


LOOKALIKE = Lookalike(
    says="Each visitor's page holds a token of their own session, another one each time.",
    spares=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/chat | grep -c '__TOKEN__=.eyJ'\n< 1",
    apply=_apply,
)

"""The portal is closed for maintenance: every address answers 503."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET, SmallPortal
from launchready_testbed.world import World


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "yves", "Yves Yoko"))

    async def closed(request: Request) -> Response:
        words = "<!doctype html><html lang=en><title>Back soon</title><p>We are working on it.</p>"
        return HTMLResponse(words, 503, headers={**QUIET, "retry-after": "3600"})

    portal.open(Route("/{path:path}", closed, methods=["GET", "POST"]))


LOGIN = LoginShape(
    says="The portal is closed for maintenance: every address answers 503.",
    look="$ get yves /\n$ get yves /sign-in\n< 503 \n< 503 ",
    apply=_apply,
    reason="unreachable",
)

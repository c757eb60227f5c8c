"""The login page has changed: one signs in with an app now, and there is no form any more."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<p>Open the Crate app and scan this picture.</p><img src="/favicon.ico" alt="Picture to scan">
<form action="/find"><input type="search" name="q"><button>Find</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "toni", "Toni Thal"))

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _PAGE)

    portal.open(Route("/sign-in", show), Route("/find", show))


LOGIN = LoginShape(
    says="The login page has changed: one signs in with an app now, and there is no form any more.",
    look="$ get toni /sign-in\n< scan this picture",
    apply=_apply,
    reason="no-form",
)

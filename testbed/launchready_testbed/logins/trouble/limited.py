"""Every attempt is answered that there were too many (429)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "ulla", "Ulla Ulm"))

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _FORM)

    async def slow_down(request: Request) -> Response:
        answer = portal.page(request, "Too fast", "<p>Wait a quarter of an hour.</p>", status=429)
        answer.headers["retry-after"] = "900"
        return answer

    portal.open(Route("/sign-in", show), Route("/sign-in", slow_down, methods=["POST"]))


LOGIN = LoginShape(
    says="Every attempt is answered that there were too many (429).",
    look="$ submit ulla /sign-in /sign-in -d user=a -d password=b\n< 429 \n< retry-after: 900",
    apply=_apply,
    reason="limited",
)

"""Between the password and the desk a page asks whether to trust this device; one may go past it by a link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_OFFER = """<p>Shall we remember this device?</p><form method="post" action="/device"><input type="hidden" name="csrf" value="{csrf}">
<label>Name of the device <input name="device"></label><button>Yes, remember it</button></form><p><a href="/desk">Not now</a></p>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "lotte", "Lotte Lind", "lotte"), cookie="device")

    async def on(request: Request) -> Response:
        portal.enter(request)
        return portal.go(request, "/device")

    async def offer(request: Request) -> Response:
        return portal.page(request, "One question", _OFFER, menu=False)

    async def remember(request: Request) -> Response:
        return portal.go(request, "/desk")

    portal.open(
        *portal.form_login(_FORM, then=on),
        Route("/device", portal.behind(offer)),
        Route("/device", portal.behind(remember), methods=["POST"]),
    )


LOGIN = LoginShape(
    says="Between the password and the desk a page asks whether to trust this device; one may go past it by a link.",
    look=(
        '$ submit lotte /sign-in /sign-in --data-urlencode "user@{secrets}/lotte.username" --data-urlencode "password@{secrets}/lotte.password"\n'
        "$ get lotte /device\n"
        "$ get lotte /desk\n"
        "< location: /device\n< Shall we remember\n< Crate 7741"
    ),
    apply=_apply,
)

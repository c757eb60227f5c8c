"""The login form is in a frame of the same origin."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/frame/login" target="_top"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "marta", "Marta Maas", "marta"), cookie="framed")
    world.headers["x-frame-options"] = "SAMEORIGIN"
    world.csp |= {"frame-ancestors": "'self'", "frame-src": "'self'"}

    async def outer(request: Request) -> Response:
        body = '<iframe src="/frame/login" title="Sign in" width="400" height="300"></iframe>'
        return portal.page(request, "Sign in", body)

    async def inner(request: Request) -> Response:
        return portal.page(request, "Sign in", _FORM.replace("{problem}", ""), menu=False)

    _, take = portal.form_login(_FORM, sent_to="/frame/login")
    portal.open(Route("/sign-in", outer), Route("/frame/login", inner), take)


LOGIN = LoginShape(
    says="The login form is in a frame of the same origin.",
    look=(
        "$ get marta /sign-in\n"
        '$ submit marta /frame/login /frame/login --data-urlencode "user@{secrets}/marta.username" --data-urlencode "password@{secrets}/marta.password"\n'
        "$ get marta /desk\n"
        '< <iframe src="/frame/login"\n< location: /desk\n< Crate 7741'
    ),
    apply=_apply,
)

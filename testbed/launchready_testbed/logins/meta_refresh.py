"""A right password is answered with a page that leads on by itself after a moment (meta refresh), status 200."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "gesa", "Gesa Grau", "gesa"), cookie="refresh")

    async def on(request: Request) -> Response:
        portal.enter(request)
        head = '<meta http-equiv="refresh" content="1; url=/desk">'
        return portal.page(request, "One moment", "<p>Your desk is being set.</p>", head=head, menu=False)

    portal.open(*portal.form_login(_FORM, status=200, then=on))


LOGIN = LoginShape(
    says="A right password is answered with a page that leads on by itself after a moment (meta refresh), status 200.",
    look=(
        '$ submit gesa /sign-in /sign-in --data-urlencode "user@{secrets}/gesa.username" --data-urlencode "password@{secrets}/gesa.password"\n'
        "$ get gesa /desk\n"
        '< 200 \n< content="1; url=/desk"\n< Crate 7741'
    ),
    apply=_apply,
)

"""The account was disabled; the right password is answered with a page of its own that says so."""

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
    portal = SmallPortal(world, guest(world, "rolf", "Rolf Rau"))

    async def disabled(request: Request) -> Response:
        return portal.page(
            request, "Account disabled", "<p>Your account has been disabled. Please contact us.</p>"
        )

    portal.open(*portal.form_login(_FORM, then=disabled))


LOGIN = LoginShape(
    says="The account was disabled; the right password is answered with a page of its own that says so.",
    look=(
        '$ submit rolf /sign-in /sign-in --data-urlencode "user@{secrets}/rolf.username" --data-urlencode "password@{secrets}/rolf.password"\n'
        "$ get rolf /desk\n"
        "< 200 \n< has been disabled\n< location: /sign-in"
    ),
    apply=_apply,
    reason="locked",
)

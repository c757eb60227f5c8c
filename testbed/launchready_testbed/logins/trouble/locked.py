"""The account is locked after too many failures; the right password does not help."""

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
    portal = SmallPortal(world, guest(world, "quirin", "Quirin Quast"))

    async def locked(request: Request) -> Response:
        said = '<p role="alert">This account is locked after too many failed attempts. Ask your administrator.</p>'
        return portal.page(request, "Sign in", _FORM.replace("{problem}", said), status=403)

    portal.open(*portal.form_login(_FORM, then=locked))


LOGIN = LoginShape(
    says="The account is locked after too many failures; the right password does not help.",
    look=(
        '$ submit quirin /sign-in /sign-in --data-urlencode "user@{secrets}/quirin.username" --data-urlencode "password@{secrets}/quirin.password"\n'
        "< 403 \n< This account is locked"
    ),
    apply=_apply,
    reason="locked",
)

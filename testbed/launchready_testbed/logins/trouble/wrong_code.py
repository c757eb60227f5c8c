"""After the password a code is asked for, and the secret in the portal file is another than the portal's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.portal.totp import new_secret
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_CODE = """{problem}<p>Type the code of your authenticator.</p><form method="post" action="/sign-in/check"><input type="hidden"
name="csrf" value="{csrf}"><label>Code <input name="code" autocomplete="one-time-code"></label><button>Verify</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "wim", "Wim Wolf", totp=True))
    world.lab.secrets.add("wim", "totp", new_secret())

    def form(request: Request, problem: str = "", status: int = 200) -> Response:
        return portal.page(request, "One more step", _CODE.replace("{problem}", problem), status=status)

    async def ask(request: Request) -> Response:
        return form(request)

    async def refuse(request: Request) -> Response:
        return form(request, '<p role="alert">This code is wrong.</p>', 401)

    async def on(request: Request) -> Response:
        return portal.go(request, "/sign-in/check")

    check_routes = Route("/sign-in/check", ask), Route("/sign-in/check", refuse, methods=["POST"])
    portal.open(*portal.form_login(_FORM, then=on), *check_routes)


LOGIN = LoginShape(
    says="After the password a code is asked for, and the secret in the portal file is another than the portal's.",
    look=(
        '$ submit wim /sign-in /sign-in --data-urlencode "user@{secrets}/wim.username" --data-urlencode "password@{secrets}/wim.password"\n'
        "$ submit wim /sign-in/check /sign-in/check -d code=$(one_time_code wim)\n"
        "< location: /sign-in/check\n< 401 \n< This code is wrong."
    ),
    apply=_apply,
    reason="second-factor",
)

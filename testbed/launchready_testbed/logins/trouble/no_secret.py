"""After the password a code is asked for, and the portal file does not say where its secret is."""

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
_CODE = """<p>Type the code of your authenticator.</p><form method="post" action="/sign-in/check"><input type="hidden" name="csrf"
value="{csrf}"><label>Code <input name="code" autocomplete="one-time-code" inputmode="numeric"></label><button>Verify</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "vito", "Vito Vogt", totp=True, mfa=False))
    del world.identities[0]["totp"]

    async def ask(request: Request) -> Response:
        return portal.page(request, "One more step", _CODE)

    async def refuse(request: Request) -> Response:
        return portal.page(request, "One more step", _CODE, status=401)

    async def on(request: Request) -> Response:
        return portal.go(request, "/sign-in/check")

    check_routes = Route("/sign-in/check", ask), Route("/sign-in/check", refuse, methods=["POST"])
    portal.open(*portal.form_login(_FORM, then=on), *check_routes)


LOGIN = LoginShape(
    says="After the password a code is asked for, and the portal file does not say where its secret is.",
    look=(
        '$ submit vito /sign-in /sign-in --data-urlencode "user@{secrets}/vito.username" --data-urlencode "password@{secrets}/vito.password"\n'
        "$ get vito /sign-in/check\n"
        "< location: /sign-in/check\n< one-time-code"
    ),
    apply=_apply,
    reason="second-factor",
)

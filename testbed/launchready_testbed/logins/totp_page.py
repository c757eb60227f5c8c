"""After the password a second page asks for the code of an authenticator."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User name <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_CODE = """{problem}<p>Open your authenticator and type the six digits it shows.</p><form method="post" action="/sign-in/check">
<input type="hidden" name="csrf" value="{csrf}"><input name="digits" inputmode="numeric" maxlength="6" aria-label="Six digits">
<button>Verify</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "anton", "Anton Aalto", "anton", totp=True), cookie="check")

    async def on(request: Request) -> Response:
        portal.visit(request).notes["owes"] = "code"
        return portal.go(request, "/sign-in/check")

    async def show(request: Request) -> Response:
        if "owes" not in portal.visit(request).notes:
            return portal.go(request, "/sign-in")
        return portal.page(request, "One more step", _CODE.replace("{problem}", ""))

    async def check(request: Request) -> Response:
        sent, visit = await request.form(), portal.visit(request)
        if "owes" not in visit.notes or not same(str(sent.get("csrf", "")), visit.csrf):
            return portal.go(request, "/sign-in")
        if not portal.code_is_right(str(sent.get("digits", ""))):
            body = _CODE.replace("{problem}", '<p role="alert">This code is wrong or was used before.</p>')
            return portal.page(request, "One more step", body, status=401)
        portal.enter(request)
        return portal.go(request, "/desk")

    check_routes = Route("/sign-in/check", show), Route("/sign-in/check", check, methods=["POST"])
    portal.open(*portal.form_login(_FORM, then=on), *check_routes)


LOGIN = LoginShape(
    says="After the password a second page asks for the code of an authenticator.",
    look=(
        '$ submit anton /sign-in /sign-in --data-urlencode "user@{secrets}/anton.username" --data-urlencode "password@{secrets}/anton.password"\n'
        "$ get anton /desk\n"
        "$ submit anton /sign-in/check /sign-in/check -d digits=$(one_time_code anton)\n"
        "$ get anton /desk\n"
        "< location: /sign-in/check\n< location: /sign-in\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

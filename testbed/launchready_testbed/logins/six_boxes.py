"""The code of an authenticator goes into six boxes of one digit each, all with the same name."""

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
_BOX = '<input name="d[]" maxlength="1" size="1" inputmode="numeric" aria-label="Digit {n}">'
_CODE = (
    '{problem}<p>Your six digits, please.</p><form method="post" action="/sign-in/digits">'
    + "".join(_BOX.replace("{n}", str(n)) for n in range(1, 7))
    + '<input type="hidden" name="csrf" value="{csrf}"><button>Go</button></form>'
)


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "diane", "Diane Dorn", "diane", totp=True), cookie="boxes")

    async def on(request: Request) -> Response:
        portal.visit(request).notes["owes"] = "digits"
        return portal.page(request, "Digits", _CODE.replace("{problem}", ""), menu=False)

    async def check(request: Request) -> Response:
        sent = await request.form()
        digits = "".join(map(str, sent.getlist("d[]")))
        if "owes" not in portal.visit(request).notes or not portal.code_is_right(digits):
            problem = "<p>These are not the digits.</p>"
            return portal.page(request, "Digits", _CODE.replace("{problem}", problem), menu=False)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(*portal.form_login(_FORM, then=on), Route("/sign-in/digits", check, methods=["POST"]))


LOGIN = LoginShape(
    says="The code of an authenticator goes into six boxes of one digit each, all with the same name.",
    look=(
        '$ submit diane /sign-in /sign-in --data-urlencode "user@{secrets}/diane.username" --data-urlencode "password@{secrets}/diane.password"\n'
        "$ get diane /sign-in/digits $(one_time_code diane | sed 's/\\(.\\)/-d d[]=\\1 /g')\n"
        "$ get diane /desk\n"
        "< Digit 6\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

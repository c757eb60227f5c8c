"""Name, password and the code of an authenticator in one form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User name <input name="user"></label><label>Password <input type="password" name="password"></label>
<label>One-time code <input name="otp" autocomplete="one-time-code"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "berta", "Berta Bach", "berta", totp=True), cookie="once")

    async def check(request: Request) -> Response:
        sent = await request.form()
        if not portal.code_is_right(str(sent.get("otp", ""))):
            body = _FORM.replace("{problem}", f'<p role="alert">{portal.words.problem}</p>')
            return portal.page(request, portal.words.sign_in, body, status=401)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(*portal.form_login(_FORM, then=check))


LOGIN = LoginShape(
    says="Name, password and the code of an authenticator in one form.",
    look=(
        '$ submit berta /sign-in /sign-in --data-urlencode "user@{secrets}/berta.username" --data-urlencode "password@{secrets}/berta.password" -d otp=000000\n'
        '$ submit berta /sign-in /sign-in --data-urlencode "user@{secrets}/berta.username" --data-urlencode "password@{secrets}/berta.password" -d otp=$(one_time_code berta)\n'
        "$ get berta /desk\n"
        "< 401 \n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

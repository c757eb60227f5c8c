"""A checkbox with a hidden twin offers to stay signed in, and the name of the button must be sent."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user"></label><label>Password <input type="password" name="password"></label>
<label><input type="hidden" name="keep" value="0"><input type="checkbox" name="keep" value="1"> Stay signed in</label>
<button name="commit" value="Sign in">Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "juno", "Juno Jahn"), cookie="keep")

    async def on(request: Request) -> Response:
        sent = await request.form()
        # As the framework behind this does it: without the button's own name nothing happens.
        if sent.get("commit") != "Sign in":
            return portal.go(request, "/sign-in")
        portal.enter(request)
        answer = portal.go(request, "/desk")
        if "1" in sent.getlist("keep"):
            answer.set_cookie("kept", "yes", 86400, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    portal.open(*portal.form_login(_FORM, then=on))


LOGIN = LoginShape(
    says="A checkbox with a hidden twin offers to stay signed in, and the name of the button must be sent.",
    look=(
        '$ submit juno /sign-in /sign-in --data-urlencode "user@{secrets}/juno.username" --data-urlencode "password@{secrets}/juno.password" -d keep=0\n'
        '$ submit juno /sign-in /sign-in --data-urlencode "user@{secrets}/juno.username" --data-urlencode "password@{secrets}/juno.password" -d keep=0 -d "commit=Sign in"\n'
        "$ get juno /desk\n"
        "< location: /sign-in\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

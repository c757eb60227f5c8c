"""The form is in a frame of another host, which gives a cookie for the whole domain."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET, SmallPortal
from launchready_testbed.world import World

ACCOUNTS = "id-frame.lab.test"
_FORM = """<!doctype html><html lang="en"><title>Sign in</title>{problem}<form method="post" action="/enter">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form></html>"""
_ON = """<!doctype html><html lang="en"><title>Done</title><p><a target="_top" href="{desk}">Go on</a></p><script nonce="{nonce}">
window.top.location.href = "{desk}";</script></html>"""


class _Trusting(SmallPortal):
    """It gives no cookies of its own, and knows people by that of the other host."""

    def dressed(self, request: Request, response: Response) -> Response:
        return response


def _apply(world: World) -> None:
    portal = _Trusting(world, guest(world, "nina", "Nina Nord", "nina"), cookie="lab_sso")
    world.csp |= {"frame-src": world.origin(ACCOUNTS)}

    async def outer(request: Request) -> Response:
        body = (
            f'<iframe src="{world.origin(ACCOUNTS)}/enter" title="Sign in" width="400" height="300"></iframe>'
        )
        return portal.page(request, "Sign in", body)

    def framed(body: str, request: Request, status: int = 200) -> HTMLResponse:
        nonce: str = request.scope["nonce"]
        policy = f"default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors {world.origin()}"
        body = body.replace("{nonce}", nonce).replace("{desk}", world.origin() + "/desk")
        # An own header of the answer wins over the front's, and browsers ignore this one where frame-ancestors is given.
        headers = {**QUIET, "content-security-policy": policy, "x-frame-options": "SAMEORIGIN"}
        return HTMLResponse(body, status, headers=headers)

    async def form(request: Request) -> Response:
        return framed(_FORM.replace("{problem}", ""), request)

    async def take(request: Request) -> Response:
        sent = await request.form()
        if not portal.guest.is_right(str(sent.get("user", "")), str(sent.get("password", ""))):
            return framed(_FORM.replace("{problem}", "<p>Wrong user or password.</p>"), request, 401)
        visit = portal.enter(request)
        answer = framed(_ON, request)
        answer.set_cookie("lab_sso", visit.id, domain="lab.test", secure=True, httponly=True, samesite="lax")
        return answer

    portal.open(Route("/sign-in", outer))
    accounts = Starlette(routes=[Route("/enter", form), Route("/enter", take, methods=["POST"])])
    world.host(ACCOUNTS, secure=accounts)


LOGIN = LoginShape(
    says="The form is in a frame of another host, which gives a cookie for the whole domain.",
    look=(
        "$ get nina /sign-in | grep -o '<iframe src=\"[^\"]*' > frame; cat frame\n"
        '$ curl -si -c nina.jar "$(sed \'s/.*"//\' frame)" --data-urlencode "user@{secrets}/nina.username"'
        ' --data-urlencode "password@{secrets}/nina.password"\n'
        "$ get nina /desk\n"
        "< id-frame.lab.test\n< lab_sso=\n< Crate 7741"
    ),
    apply=_apply,
)

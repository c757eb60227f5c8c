"""A provider on another host asks for the password and sends one back with a code (OpenID Connect)."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET, SmallPortal
from launchready_testbed.world import World

PROVIDER = "accounts.lab.test"
_FORM = """<!doctype html><html lang="en"><title>Lab accounts</title><h1>Lab accounts</h1>{problem}
<form method="post"><label>Account <input name="account" autocomplete="username"></label>
<label>Password <input type="password" name="password"></label><button>Go on</button></form></html>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "emil", "Emil Eck"), login="/connect", cookie="oidc")
    codes: set[str] = set()

    async def connect(request: Request) -> Response:
        state = secrets.token_urlsafe(16)
        portal.visit(request).notes["state"] = state
        asked = {
            "response_type": "code",
            "client_id": "crates",
            "redirect_uri": world.origin() + "/connect/back",
            "scope": "openid email",
            "state": state,
        }
        return portal.go(request, f"{world.origin(PROVIDER)}/authorize?{urlencode(asked)}")

    async def back(request: Request) -> Response:
        code, state = request.query_params.get("code", ""), request.query_params.get("state", "")
        expected = portal.visit(request).notes.pop("state", "")
        if code not in codes or not expected or not same(state, expected):
            return portal.page(request, "That did not work", "<p>Try again.</p>", status=400)
        # Code and token would be exchanged over a back channel; both live in this process.
        codes.remove(code)
        portal.enter(request)
        return portal.go(request, "/desk")

    def form(problem: str = "", status: int = 200) -> Response:
        # The browser must be let on to the portal after the form was sent.
        policy = f"default-src 'none'; form-action 'self' {world.origin()}; frame-ancestors 'none'; base-uri 'none'"
        headers = {**QUIET, "content-security-policy": policy}
        return HTMLResponse(_FORM.replace("{problem}", problem), status, headers=headers)

    async def authorize(request: Request) -> Response:
        asked = request.query_params
        if (
            asked.get("client_id") != "crates"
            or asked.get("redirect_uri") != world.origin() + "/connect/back"
        ):
            return HTMLResponse("<!doctype html><title>400</title><p>Unknown client.", 400, headers=QUIET)
        if request.method != "POST":
            return form()
        sent = await request.form()
        if not portal.guest.is_right(str(sent.get("account", "")), str(sent.get("password", ""))):
            return form("<p>Account or password is wrong.</p>", 401)
        made = secrets.token_urlsafe(16)
        codes.add(made)
        given = urlencode({"code": made, "state": asked.get("state", "")})
        return RedirectResponse(f"{asked['redirect_uri']}?{given}", 303, headers=QUIET)

    portal.open(Route("/connect", connect), Route("/connect/back", back))
    provider = Starlette(routes=[Route("/authorize", authorize, methods=["GET", "POST"])])
    world.host(PROVIDER, secure=provider)


LOGIN = LoginShape(
    says="A provider on another host asks for the password and sends one back with a code (OpenID Connect).",
    look=(
        "$ get emil /connect | tr -d '\\r' | sed -n 's/^location: //p' > there; cat there\n"
        '$ curl -si "$(cat there)" --data-urlencode "account@{secrets}/emil.username" --data-urlencode "password@{secrets}/emil.password"'
        " | tr -d '\\r' | sed -n 's/^location: //p' > back; curl -si -b emil.jar -c emil.jar \"$(cat back)\"\n"
        "$ get emil /desk\n"
        "< accounts.lab.test\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

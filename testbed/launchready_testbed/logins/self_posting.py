"""A provider on another host asks for the password, and answers with a form that posts itself to the portal (as SAML does)."""

from __future__ import annotations

import base64
import secrets
from html import escape
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET, SmallPortal
from launchready_testbed.world import World

PROVIDER = "idp.lab.test"
_FORM = """<!doctype html><html lang="en"><title>Lab identity</title><h1>Lab identity</h1>{problem}<form method="post" action="/sso">
<input type="hidden" name="relay" value="{relay}"><label>Account <input name="account"></label>
<label>Password <input type="password" name="password"></label><button>Go on</button></form></html>"""
_POSTING = """<!doctype html><html lang="en"><title>One moment</title><form method="post" action="{target}">
<input type="hidden" name="Response" value="{response}"><input type="hidden" name="RelayState" value="{relay}"><noscript><button>Continue</button></noscript>
</form><script nonce="{nonce}">document.forms[0].submit();</script></html>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "viola", "Viola Voss"), login="/saml/start", cookie="sp")
    target = world.origin() + "/saml/acs"
    given: set[str] = set()

    async def start(request: Request) -> Response:
        relay = secrets.token_urlsafe(12)
        portal.visit(request).notes["relay"] = relay
        return portal.go(request, f"{world.origin(PROVIDER)}/sso?{urlencode({'relay': relay})}")

    async def consume(request: Request) -> Response:
        sent = await request.form()
        response, relay = str(sent.get("Response", "")), str(sent.get("RelayState", ""))
        expected = portal.visit(request).notes.pop("relay", "")
        if response not in given or not expected or not same(relay, expected):
            return portal.page(request, "That did not work", "<p>Try again.</p>", status=403)
        given.remove(response)
        portal.enter(request)
        return portal.go(request, "/desk")

    def form(relay: str, problem: str = "", status: int = 200) -> Response:
        policy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        body = _FORM.replace("{problem}", problem).replace("{relay}", escape(relay))
        return HTMLResponse(body, status, headers={**QUIET, "content-security-policy": policy})

    async def sso(request: Request) -> Response:
        if request.method != "POST":
            return form(request.query_params.get("relay", ""))
        sent = await request.form()
        relay = str(sent.get("relay", ""))
        if not portal.guest.is_right(str(sent.get("account", "")), str(sent.get("password", ""))):
            return form(relay, "<p>Account or password is wrong.</p>", 401)
        made = base64.b64encode(secrets.token_bytes(60)).decode()
        given.add(made)
        nonce: str = request.scope["nonce"]
        policy = f"default-src 'none'; script-src 'nonce-{nonce}'; form-action {world.origin()}; frame-ancestors 'none'; base-uri 'none'"
        values = {"{target}": target, "{response}": made, "{relay}": escape(relay), "{nonce}": nonce}
        body = _POSTING
        for name, value in values.items():
            body = body.replace(name, value)
        return HTMLResponse(body, headers={**QUIET, "content-security-policy": policy})

    portal.open(Route("/saml/start", start), Route("/saml/acs", consume, methods=["POST"]))
    world.host(PROVIDER, secure=Starlette(routes=[Route("/sso", sso, methods=["GET", "POST"])]))


_LOCATION = "tr -d '\\r' | sed -n 's/^location: //p'"
LOGIN = LoginShape(
    says="A provider on another host asks for the password, and answers with a form that posts itself to the portal (as SAML does).",
    look=(
        f"$ get viola /saml/start | {_LOCATION} > there; cat there\n"
        '$ curl -si "$(cut -d? -f1 there)" -d "$(cut -d? -f2 there)" --data-urlencode "account@{secrets}/viola.username"'
        ' --data-urlencode "password@{secrets}/viola.password" > back; cat back\n'
        '$ get viola /saml/acs --data-urlencode "Response=$(sed -n \'s/.*name="Response" value="\\([^"]*\\)".*/\\1/p\' back)"'
        " -d \"RelayState=$(sed 's/.*relay=//' there)\"\n"
        "$ get viola /desk\n"
        "< idp.lab.test\n< .submit()\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)

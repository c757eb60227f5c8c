"""What does the provider answer? Discovery, the page that asks who you are, and the line to applications."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from launchready_testbed.portal.guarding import admit
from launchready_testbed.portal.limits import Attempt
from launchready_testbed.provider.grants import CALLBACK, CLIENT, Ask, GrantError, Provider
from launchready_testbed.world import PORTAL, World

HOST = "id.lab.test"
COOKIE = "__Host-form"
_FIELDS = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "response_type", "scope")  # fmt: skip
_PAGE = Environment(autoescape=True).from_string("""\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }} · Quay ID</title></head>
<body>
<main>
<h1>{{ title }}</h1>
{% if problem %}<p>{{ problem }}</p>{% endif %}
{% if asked %}
<form method="post" action="/authorize">
{% for name, value in asked.items() %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}
<input type="hidden" name="csrf" value="{{ csrf }}">
<label>Address <input type="email" name="email" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button>Continue to Harbour</button>
</form>
{% endif %}
</main>
</body>
</html>
""")


def add_provider(world: World) -> None:
    """Adds the provider's host to the world, and lets the portal use it."""
    world.provider = Provider(world.origin(HOST), world.origin() + CALLBACK, world.lab.secrets)
    world.host(HOST, secure=_APP, declare=False)
    world.declared_scope.append(HOST)


async def discovery(request: Request) -> Response:
    """What the provider offers (OpenID Connect Discovery 1.0)."""
    issuer = _provider(request).issuer
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "scopes_supported": ["openid", "email", "profile"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }
    )


async def keys(request: Request) -> Response:
    """The key that signs."""
    return JSONResponse(_provider(request).keys())


async def home(request: Request) -> Response:
    """The first page."""
    return _page("One account for the whole harbour")


async def authorize(request: Request) -> Response:
    """Asks who you are, and sends the answer where the application registered, and nowhere else."""
    provider, policy = _provider(request), _world(request).auth
    form: Mapping[str, object] = request.query_params if request.method != "POST" else await request.form()
    asked = {name: str(form[name]) for name in _FIELDS if name in form}
    ask = Ask(
        asked.get("client_id", ""),
        asked.get("redirect_uri", ""),
        asked.get("state", ""),
        asked.get("nonce", ""),
        asked.get("code_challenge", ""),
    )
    if ask.client_id != CLIENT or not provider.accepts(ask.redirect_uri, policy):
        # Not even the error goes to an address that nobody registered.
        return _page(
            "This link is not right", "Whoever sent you here asks for something we do not know.", 400
        )
    if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
        return _back(ask, error="invalid_request")
    if ask.challenge and asked.get("code_challenge_method") != "S256":
        return _back(ask, error="invalid_request")
    if request.method != "POST":
        return _sign_in_page(request, asked)
    if not hmac.compare_digest(_token(provider, request.cookies.get(COOKIE, "")), str(form.get("csrf", ""))):
        return _page("This link is not right", "Go back and try again.", 403)
    email, password = str(form.get("email", "")).lower(), str(form.get("password", ""))
    attempt = Attempt(email, request.client.host if request.client else "", request)
    if await admit(provider.limits, attempt):
        return _sign_in_page(request, asked, "Too many attempts. Please wait a little.", 429)
    account = provider.accounts.get(email)
    right = hmac.compare_digest(password.encode(), (account.password if account else "").encode())
    right = right and account is not None
    for limiter in provider.limits:
        limiter.after(attempt, right=right)
    if account is None or not right:
        return _sign_in_page(request, asked, "Address or password is wrong.", 401)
    return _back(ask, code=provider.grant(ask, account))


async def token(request: Request) -> Response:
    """Tokens for a code, to the application that proves who it is."""
    form = await request.form()
    client, secret = str(form.get("client_id", "")), str(form.get("client_secret", ""))
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client, _, secret = map(unquote, base64.b64decode(given).decode().partition(":"))
        except (binascii.Error, UnicodeDecodeError):
            client = ""
    never_kept = {"cache-control": "no-store"}
    try:
        if client != CLIENT:
            raise GrantError("invalid_client")  # noqa: TRY301 - all refusals look alike
        if form.get("grant_type") != "authorization_code":
            raise GrantError("unsupported_grant_type")  # noqa: TRY301 - as above
        found = _provider(request).redeem(
            str(form.get("code", "")),
            str(form.get("redirect_uri", "")),
            str(form.get("code_verifier", "")),
            secret,
        )
    except GrantError as error:
        status = 401 if str(error) == "invalid_client" else 400
        return JSONResponse({"error": str(error)}, status, headers=never_kept)
    return JSONResponse(found, headers=never_kept)


async def userinfo(request: Request) -> Response:
    """Whom an access token is for."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    never_kept = {"cache-control": "no-store"}
    try:
        claims = _provider(request).claims_of(given if scheme.lower() == "bearer" else "")
    except GrantError as error:
        challenge = {"www-authenticate": f'Bearer error="{error}"'}
        return JSONResponse({"error": str(error)}, 401, headers={**never_kept, **challenge})
    return JSONResponse(claims, headers=never_kept)


def _world(request: Request) -> World:
    world: World = request.scope["world"]
    return world


def _provider(request: Request) -> Provider:
    provider = _world(request).provider
    assert provider is not None
    return provider


def _back(ask: Ask, **answer: str) -> Response:
    """Sends the browser back to the application with an answer."""
    parts = urlsplit(ask.redirect_uri)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *answer.items()]
    if ask.state:
        query.append(("state", ask.state))
    location = parts._replace(query=urlencode(query)).geturl()
    return Response(status_code=303, headers={"location": location, "cache-control": "no-store"})


def _token(provider: Provider, cookie: str) -> str:
    """What the form must send for this cookie; without a cookie nothing fits."""
    if not cookie:
        return secrets.token_hex(32)
    return hmac.new(provider.form_key, cookie.encode(), hashlib.sha256).hexdigest()


def _sign_in_page(
    request: Request, asked: Mapping[str, str], problem: str = "", status: int = 200
) -> Response:
    cookie = request.cookies.get(COOKIE) or secrets.token_urlsafe(16)
    csrf = _token(_provider(request), cookie)
    response = _page("Sign in to Harbour", problem, status, asked=asked, csrf=csrf)
    response.set_cookie(COOKIE, cookie, path="/", secure=True, httponly=True, samesite="lax")
    # A browser also asks the policy about the redirect that follows the form.
    portal = _world(request).origin(PORTAL)
    response.headers["content-security-policy"] = (
        f"default-src 'none'; form-action 'self' {portal}; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def _page(
    title: str,
    problem: str = "",
    status: int = 200,
    *,
    asked: Mapping[str, str] | None = None,
    csrf: str = "",
) -> Response:
    html = _PAGE.render(title=title, problem=problem, asked=asked, csrf=csrf)
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})


_APP = Starlette(
    routes=[
        Route("/", home),
        Route("/.well-known/openid-configuration", discovery),
        Route("/jwks", keys),
        Route("/authorize", authorize, methods=["GET", "POST"]),
        Route("/token", token, methods=["POST"]),
        Route("/userinfo", userinfo),
    ]
)

"""How does somebody sign in with Quay ID? The authorization code flow of OpenID Connect, with state, nonce and PKCE."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import sqlite3
import time
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import sessions
from launchready_testbed.portal.pages.account import login_form, own_path, welcome
from launchready_testbed.portal.passwords import hash_token
from launchready_testbed.portal.records import note
from launchready_testbed.portal.rendering import see
from launchready_testbed.portal.sessions import database_of, policy_of, user_of
from launchready_testbed.provider.grants import CALLBACK, CLIENT, GrantError, Provider, challenge_of
from launchready_testbed.world import World

PATIENCE = 600  # seconds that somebody may take at the provider
FAILED = "Quay ID could not sign you in. Please try again."
STRANGER = "There is no account here for your Quay ID."


class ProofError(Exception):
    """What the provider said is not to be believed."""


async def start(request: Request) -> Response:
    """Sends the browser to the provider, and remembers for this session what must come back."""
    policy, provider = policy_of(request), _provider(request)
    wanted = request.query_params.get("next", "")
    session = sessions.ensure(request)
    if session.user:
        return see(request, own_path(request, wanted))
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    database = database_of(request)
    database.execute("DELETE FROM provider_visits WHERE at < ?", (time.time() - PATIENCE,))
    database.execute(
        "INSERT INTO provider_visits VALUES (?, ?, ?, ?, ?, ?)",
        (hash_token(state), hash_token(session.id), nonce, verifier, wanted, time.time()),
    )
    query = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": provider.registered,
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
    }
    if not policy.oidc_state_sent:
        del query["state"]
    if policy.oidc_pkce:
        query |= {"code_challenge": challenge_of(verifier), "code_challenge_method": "S256"}
    return see(request, f"{provider.issuer}/authorize?{urlencode(query)}")


async def callback(request: Request) -> Response:
    """What the browser brings back. Only the session that set out may come home, and only once."""
    policy, provider = policy_of(request), _provider(request)
    visit = _visit(request, request.query_params.get("state", ""))
    if visit is None and policy.oidc_state_checked:
        return login_form(request, "", FAILED, 400)
    wanted = visit["wanted"] if visit else ""
    try:
        # The line between the servers; that it stays inside this process changes nothing of what is said.
        answer = provider.redeem(
            request.query_params.get("code", ""),
            provider.registered,
            visit["verifier"] if visit else "",
            provider.client_secret,
        )
        claims = _believed(answer["id_token"], provider)
    except (GrantError, ProofError):
        return login_form(request, wanted, FAILED, 400)
    if policy.oidc_nonce_checked and claims.get("nonce") != (visit["nonce"] if visit else None):
        return login_form(request, wanted, FAILED, 400)
    row = _account(request, claims)
    if row is None:
        return login_form(request, wanted, STRANGER, 403)
    note(request, row["email"], "came from Quay ID", "session")
    has_factor = row["totp"] is not None and policy.oidc_second_factor
    return welcome(request, user_of(row), wanted, has_factor=has_factor)


def _provider(request: Request) -> Provider:
    world: World = request.scope["world"]
    if world.provider is None or not world.auth.oidc_offered:
        raise HTTPException(404)
    return world.provider


def _visit(request: Request, state: str) -> sqlite3.Row | None:
    """What was remembered of this session's way to the provider; it is forgotten with that."""
    session = sessions.current(request)
    row: sqlite3.Row | None = (
        database_of(request)
        .execute(
            "DELETE FROM provider_visits WHERE state = ? AND session = ? AND at > ? RETURNING *",
            (hash_token(state), hash_token(session.id) if session else "", time.time() - PATIENCE),
        )
        .fetchone()
    )
    return row


def _account(request: Request, claims: dict[str, Any]) -> sqlite3.Row | None:
    """The account that belongs to somebody at the provider; at first by an address that the provider has verified."""
    database, subject = database_of(request), str(claims["sub"])
    row: sqlite3.Row | None = database.execute(
        "SELECT u.* FROM provider_accounts p JOIN users u ON u.id = p.user WHERE p.subject = ?", (subject,)
    ).fetchone()
    if row is not None or (
        policy_of(request).oidc_email_verified and claims.get("email_verified") is not True
    ):
        return row
    email = str(claims.get("email", "")).lower()
    row = database.execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
    if row is not None:
        database.execute("INSERT INTO provider_accounts VALUES (?, ?)", (subject, row["id"]))
    return row


def _believed(token: str, provider: Provider) -> dict[str, Any]:
    """The claims of an ID token that the provider signed for us, and that is still good. Raises ProofError."""
    try:
        signed, _, signature = token.rpartition(".")
        raw = _unwrap(signature)
        key = provider.keys()["keys"][0]
        x, y = (int.from_bytes(_unwrap(key[name]), "big") for name in ("x", "y"))
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
        claims: dict[str, Any] = json.loads(_unwrap(signed.partition(".")[2]))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise ProofError("not signed by the provider") from error
    if claims["iss"] != provider.issuer or claims["aud"] != CLIENT or claims["exp"] < time.time():
        raise ProofError("not for us, or not for now")
    return claims


def _unwrap(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


ROUTES = (Route("/oidc/start", start), Route(CALLBACK, callback))

"""What does the provider promise, and to whom? Codes, tokens, and the people it knows (OpenID Connect Core 1.0)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from launchready_testbed.people import EVE, PEOPLE, Secrets
from launchready_testbed.portal.limits import Limiter, SlidingLimit, by_account_and_ip, by_ip
from launchready_testbed.portal.policy import Policy

CLIENT = "harbour"
CALLBACK = "/oidc/callback"
CODE_LIFETIME = 60  # seconds
TOKEN_LIFETIME = 300  # seconds


class GrantError(Exception):
    """The request is refused, with an error code of OAuth."""


@dataclass(frozen=True)
class Account:
    """Somebody whom the provider knows."""

    subject: str
    name: str
    email: str
    verified: bool
    password: str


@dataclass(frozen=True)
class Ask:
    """What an application asks on somebody's behalf; the fields of an authorization request."""

    client_id: str
    redirect_uri: str
    state: str = ""
    nonce: str = ""
    challenge: str = ""
    """The code challenge of PKCE (RFC 7636), with S256."""


@dataclass
class _Grant:
    ask: Ask
    account: Account
    until: float


@dataclass
class Provider:
    """The provider of one world: its people, its key, and what it has granted."""

    issuer: str
    registered: str
    """The redirect_uri that the portal registered."""
    secrets: Secrets
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    limits: list[Limiter] = field(
        default_factory=lambda: [SlidingLimit(10, 60, by_account_and_ip), SlidingLimit(20, 60, by_ip)]
    )

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._grants: dict[str, _Grant] = {}
        self._tokens: dict[str, _Grant] = {}
        self.form_key = secrets.token_bytes(32)
        self.accounts = {
            person.email: Account(
                person.name, person.name.title(), person.email, True, self._password(person.name)
            )
            for person in PEOPLE
        }
        nora = next(person.email for person in PEOPLE if person.name == "nora")
        self.accounts[EVE] = Account("eve", "Eve", nora, False, self._password("eve"))

    def _password(self, name: str) -> str:
        return self.secrets.read(name, "provider")

    def accepts(self, uri: str, policy: Policy) -> bool:
        """Whether an answer may be sent to `uri`. Anything but an exact comparison lets strangers have it."""
        if policy.oidc_redirect_uris == "any":
            return uri.startswith(("https://", "http://"))
        if policy.oidc_redirect_uris == "prefix":
            return uri.startswith(self.registered.removesuffix(CALLBACK).rpartition(":")[0])
        if policy.oidc_redirect_uris == "path":
            return uri.startswith(self.registered.removesuffix(CALLBACK) + "/")
        if policy.oidc_redirect_uris == "host":
            domain = (urlsplit(self.registered).hostname or "").partition(".")[2]
            return (urlsplit(uri).hostname or "").endswith(domain)
        return uri == self.registered

    def grant(self, ask: Ask, account: Account) -> str:
        """A code that stands for the account, for once and for a minute."""
        code = secrets.token_urlsafe(32)
        self._grants[code] = _Grant(ask, account, time.time() + CODE_LIFETIME)
        return code

    def redeem(self, code: str, redirect_uri: str, verifier: str, given: str) -> dict[str, Any]:
        """Tokens for a code; `given` is the application's secret. Raises GrantError."""
        if not hmac.compare_digest(given.encode(), self.client_secret.encode()):
            raise GrantError("invalid_client")
        grant = self._grants.pop(code, None)
        if grant is None or grant.until < time.time() or grant.ask.redirect_uri != redirect_uri:
            raise GrantError("invalid_grant")
        if grant.ask.challenge and not hmac.compare_digest(challenge_of(verifier), grant.ask.challenge):
            raise GrantError("invalid_grant")
        token = secrets.token_urlsafe(32)
        self._tokens[token] = _Grant(grant.ask, grant.account, time.time() + TOKEN_LIFETIME)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": TOKEN_LIFETIME,
            "id_token": self._id_token(grant),
        }

    def claims_of(self, token: str) -> dict[str, Any]:
        """Whom an access token is for. Raises GrantError."""
        grant = self._tokens.get(token)
        if grant is None or grant.until < time.time():
            raise GrantError("invalid_token")
        return _claims(grant.account)

    def keys(self) -> dict[str, Any]:
        """The public key as a JSON Web Key Set."""
        numbers = self._key.public_key().public_numbers()
        x, y = (_wrap(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
        key = {"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1", "x": x, "y": y}
        return {"keys": [key]}

    def _id_token(self, grant: _Grant) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": grant.ask.client_id,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
            **_claims(grant.account),
        }
        if grant.ask.nonce:
            claims["nonce"] = grant.ask.nonce
        signed = f"{_part({'alg': 'ES256', 'typ': 'JWT', 'kid': '1'})}.{_part(claims)}"
        r, s = utils.decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{_wrap(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def challenge_of(verifier: str) -> str:
    """The code challenge that belongs to a verifier, with S256."""
    return _wrap(hashlib.sha256(verifier.encode()).digest())


def _claims(account: Account) -> dict[str, Any]:
    return {
        "sub": account.subject,
        "name": account.name,
        "email": account.email,
        "email_verified": account.verified,
    }


def _part(value: Mapping[str, Any]) -> str:
    return _wrap(json.dumps(value, separators=(",", ":")).encode())


def _wrap(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

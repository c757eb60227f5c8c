"""How is an access token made, and when is it believed? JSON Web Tokens (RFC 7519) with HMAC and SHA-256, nothing else."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launchready_testbed.quay.policy import QuayPolicy

ISSUER = "https://quay.lab.test"
AUDIENCE = "quay-api"
KEY_NAME = "quay-2026"
LEEWAY = 5  # seconds by which clocks may differ
_WEAK = b"secret"


class TokenError(Exception):
    """The token is not to be believed."""


@dataclass(frozen=True)
class Keys:
    """The key of one world."""

    strong: bytes

    @classmethod
    def new(cls) -> Keys:
        """A key that nobody guesses."""
        return cls(secrets.token_bytes(32))

    def present(self, policy: QuayPolicy) -> bytes:
        """The key that signs now."""
        return _WEAK if policy.weak_key else self.strong


def encode(claims: Mapping[str, Any], key: bytes) -> str:
    """A signed token that says `claims`."""
    header = {"alg": "HS256", "typ": "JWT", "kid": KEY_NAME}
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{_wrap(_sign(signed, key))}"


def decode(token: str, keys: Keys, policy: QuayPolicy, now: float) -> dict[str, Any]:
    """The claims of a token that is to be believed at `now`.

    Raises:
        TokenError: it is not.
    """
    first, _, rest = token.partition(".")
    second, _, third = rest.partition(".")
    header, claims = _object(first), _object(second)
    _check_signature(f"{first}.{second}", third, header, keys, policy)
    audience = claims.get("aud")
    if not policy.any_audience and audience != AUDIENCE and audience != [AUDIENCE]:
        raise TokenError("for somebody else")
    if not policy.any_issuer and claims.get("iss") != ISSUER:
        raise TokenError("by somebody else")
    ends = claims.get("exp")
    if not policy.expired_accepted and (not isinstance(ends, int | float) or ends + LEEWAY < now):
        raise TokenError("expired")
    return claims


def _check_signature(
    signed: str, signature: str, header: Mapping[str, Any], keys: Keys, policy: QuayPolicy
) -> None:
    """Whether our key made the signature; the algorithm is ours to choose, never the token's."""
    algorithm = header.get("alg")
    if policy.signature_unchecked:
        return
    if policy.algorithm_none and isinstance(algorithm, str) and algorithm.lower() == "none":
        return
    if algorithm != "HS256" or "crit" in header:
        raise TokenError("another algorithm")
    key = keys.present(policy)
    if policy.key_by_path and header.get("kid") != KEY_NAME:
        key = b""  # what a file that is not there, or /dev/null, holds
    own = header.get("jwk")
    if policy.key_in_token and isinstance(own, dict):
        key = _unwrap(str(own.get("k", "")))
    if not hmac.compare_digest(_sign(signed, key), _unwrap(signature)):
        raise TokenError("not ours")


def _sign(text: str, key: bytes) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _part(value: Mapping[str, Any]) -> str:
    return _wrap(json.dumps(value, separators=(",", ":")).encode())


def _wrap(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unwrap(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise TokenError("no token") from error


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(_unwrap(text))
    except ValueError as error:
        raise TokenError("no token") from error
    if not isinstance(value, dict):
        raise TokenError("no token")
    return value

"""Whom does a JSON Web Token speak for: the operator, a person for a while, or nobody in particular?"""

import json
from base64 import urlsafe_b64decode
from binascii import Error
from typing import Any, NamedTuple

_DAYS = 86400
_LONG = 180 * _DAYS
_PERSON = ("sub", "email", "user", "user_id", "uid", "preferred_username", "sid", "name")


class Bearer(NamedTuple):
    """Whom a token speaks for.

    Attributes:
        kind: what it is, in words; empty if it is no token at all or one from a text book.
        public: whether it is meant to be seen by everybody.
        personal: whether a person was given it for a while.
    """

    kind: str
    public: bool = False
    personal: bool = False


def bearer(token: str) -> Bearer:
    """What the claims say; a token whose claims cannot be read is nothing."""
    claims = _claims(token)
    if claims is None or (
        claims.get("sub") == "1234567890" and str(claims.get("name", "")).startswith("John")
    ):
        return Bearer("")
    role = claims.get("role")
    if role == "anon":
        return Bearer("Supabase anon key", public=True)
    if role in ("service_role", "supabase_admin"):
        return Bearer("Supabase service_role key")
    begins, ends = claims.get("iat", claims.get("nbf")), claims.get("exp")
    personal = any(claim in claims for claim in _PERSON)
    if isinstance(ends, int | float):
        if isinstance(begins, int | float) and ends - begins >= _LONG:
            return Bearer("long-lived token (JWT)")
        return Bearer("session token", personal=True)
    return Bearer("session token", personal=True) if personal else Bearer("service token (JWT)")


def _claims(token: str) -> dict[str, Any] | None:
    try:
        head, body = (
            json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in token.split(".")[:2]
        )
    except (Error, ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) and isinstance(head, dict) and "alg" in head else None

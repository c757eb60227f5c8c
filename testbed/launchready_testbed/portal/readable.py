"""What does a session cookie look like that says whose it is? Used where a fault makes the portal write such ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING

from launchready_testbed.portal.passwords import hash_token

if TYPE_CHECKING:
    from launchready_testbed.portal.sessions import Session

_KEY = secrets.token_bytes(32)


def issue(number: int, kind: str, session: Session) -> Session:
    """The same session under an identifier that names the account with this number."""
    says: dict[str, object] = {"uid": number}
    if kind == "looked-up":
        says["nonce"] = secrets.token_urlsafe(24)
    text = _armoured(json.dumps(says, separators=(",", ":")).encode())
    identifier = f"{text}.{_signature(text)}" if kind in ("unverified", "stateless") else text
    return type(session)(identifier, hash_token(identifier), session.user)


def number_in(given: str, kind: str) -> int:
    """The number that the cookie names; 0 where it names none, or where its signature is verified and is wrong."""
    if kind == "looked-up":
        return 0
    text, _, signature = given.partition(".")
    if kind == "stateless" and not hmac.compare_digest(_signature(text), signature):
        return 0
    try:
        value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return 0
    number = value.get("uid") if isinstance(value, dict) else None
    return number if isinstance(number, int) else 0


def _signature(text: str) -> str:
    return _armoured(hmac.new(_KEY, text.encode(), hashlib.sha256).digest())


def _armoured(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

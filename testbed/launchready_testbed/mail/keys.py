"""With which keys are letters signed? Made for one run, each the first time that it is wanted."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

KeyType = Literal["rsa", "ed25519"]


@dataclass(frozen=True)
class SigningKey:
    """A private key as dkimpy takes it, and the public one as DNS shows it."""

    private: bytes
    """RSA in PEM; ed25519 in base64."""
    public: str
    """The value of p= in base64."""
    type: KeyType = "rsa"

    @property
    def record(self) -> str:
        """The text of its record in DNS (RFC 6376, section 3.6.1; RFC 8463)."""
        return f"v=DKIM1; k={self.type}; p={self.public}"


class KeyRing:
    """Every key of the run by its name; a name always gives the same key."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, KeyType, int], SigningKey] = {}

    def key(self, name: str, kind: KeyType = "rsa", bits: int = 2048) -> SigningKey:
        """The key called `name`; `bits` is the length of one for RSA."""
        wanted = (name, kind, bits)
        if wanted not in self._keys:
            self._keys[wanted] = _rsa(bits) if kind == "rsa" else _ed25519()
        return self._keys[wanted]


def _rsa(bits: int) -> SigningKey:
    key = rsa.generate_private_key(65537, bits)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return SigningKey(private, base64.b64encode(public).decode())


def _ed25519() -> SigningKey:
    key = ed25519.Ed25519PrivateKey.generate()
    private = base64.b64encode(key.private_bytes_raw())
    return SigningKey(private, base64.b64encode(key.public_key().public_bytes_raw()).decode(), "ed25519")

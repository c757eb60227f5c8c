"""JSON Web Tokens taken apart, and forged in the ways that libraries and their users have been known to accept.

The real payload is kept in each forgery: a made-up subject would be refused for being unknown, and tell nothing of the
signature.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from launchready.collect.forging import Forgery

_HASHES: Mapping[str, Callable[..., Any]] = {
    "HS256": hashlib.sha256,
    "HS384": hashlib.sha384,
    "HS512": hashlib.sha512,
}
_CURVES: Mapping[str, type[ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
}
_OWN_KEY = 'a token with a key of our own in its header ("jwk")'
_NONES = ("none", "None", "NONE", "nOnE")


@dataclass(frozen=True, slots=True)
class JsonWebToken:
    """One signed token (RFC 7519 in the compact form of RFC 7515)."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: str
    signature: bytes

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The token, or None where the text is none."""
        parts = text.strip().split(".")
        if len(parts) != 3:
            return None
        try:
            header, payload = json.loads(_unarmoured(parts[0])), json.loads(_unarmoured(parts[1]))
            signature = _unarmoured(parts[2])
        except (ValueError, RecursionError):
            return None
        if not isinstance(header, dict) or not isinstance(payload, dict) or "alg" not in header:
            return None
        return cls(header, payload, f"{parts[0]}.{parts[1]}", signature)

    @property
    def algorithm(self) -> str:
        """As its header names it."""
        return str(self.header["alg"])

    def remaining(self, now: float) -> float | None:
        """Seconds until it expires, from `now` in POSIX seconds; None where it never does."""
        expires = self.payload.get("exp")
        return float(expires) - now if isinstance(expires, int | float) else None

    def with_header(self, **changes: object) -> str:
        """The part that is signed, with another header and the real payload."""
        header = {**self.header, **changes}
        return f"{_armoured(_json(header))}.{self.signed.partition('.')[2]}"

    def signed_by(self, key: bytes, **claims: object) -> str:
        """A whole token signed by a shared key, with these claims changed."""
        algorithm = self.algorithm if self.algorithm in _HASHES else "HS256"
        if claims:
            payload = _armoured(_json({**self.payload, **claims}))
            signed = f"{self.with_header(alg=algorithm).partition('.')[0]}.{payload}"
        else:
            signed = self.signed if algorithm == self.algorithm else self.with_header(alg=algorithm)
        return f"{signed}.{_armoured(_mac(key, signed, algorithm))}"


def forgeries(token: JsonWebToken, public_keys: Iterable[Mapping[str, Any]] = ()) -> tuple[Forgery, ...]:
    """Tokens with the real payload that a sound server refuses, each for a reason of its own.

    Args:
        token: a real one.
        public_keys: what the portal publishes as its JSON Web Key Set (RFC 7517).
    """
    forged: list[Forgery] = []
    for name in _NONES:
        unsigned = token.with_header(alg=name)
        forged.append(
            Forgery("unsigned token", f'a token with "alg": "{name}" and no signature', f"{unsigned}.")
        )
    kept = f"{token.with_header(alg='none')}.{_armoured(token.signature)}"
    forged.append(Forgery("unsigned token", 'a token with "alg": "none" and the old signature', kept))
    if token.signature:
        forged.append(
            Forgery(
                "unverified token",
                "a token with a changed signature",
                f"{token.signed}.{_armoured(_flipped(token.signature))}",
            )
        )
        forged.append(Forgery("unverified token", "a token without signature", f"{token.signed}."))
    forged.append(
        Forgery(
            "token of a foreign key",
            "a token signed with a key of our own",
            token.signed_by(secrets.token_bytes(32)),
        )
    )
    if token.algorithm in _HASHES:
        own = secrets.token_bytes(32)
        signed = token.with_header(jwk={"kty": "oct", "k": _armoured(own), "alg": token.algorithm})
        value = f"{signed}.{_armoured(_mac(own, signed, token.algorithm))}"
        forged.append(Forgery("token with its own key", _OWN_KEY, value))
    if token.algorithm[:2] in ("RS", "PS"):
        forged += _of_our_own_pair(token)
    if "kid" in token.header:
        signed = token.with_header(alg="HS256", kid="../../../../../../../../dev/null")
        empty = f"{signed}.{_armoured(_mac(b'', signed, 'HS256'))}"
        forged.append(
            Forgery(
                "token of an empty key", 'a token whose "kid" names an empty file, signed with nothing', empty
            )
        )
    if token.algorithm not in _HASHES:
        for key in public_keys:
            for pem in _as_text(key):
                signed = token.with_header(alg="HS256")
                value = f"{signed}.{_armoured(_mac(pem, signed, 'HS256'))}"
                forged.append(
                    Forgery(
                        "token of the public key",
                        "a token signed with the published key as if it were shared",
                        value,
                    )
                )
    return tuple(forged)


def weak_key(token: JsonWebToken, further: Iterable[str] = ()) -> bytes | None:
    """The shared key of this token if it is a well-known word; off line, so nobody is asked.

    Args:
        token: a real one.
        further: words that belong to this portal, such as its name.
    """
    if token.algorithm not in _HASHES or not token.signature:
        return None
    words = (*(word for each in further for word in (each, each.lower())), *well_known_keys())
    for key in dict.fromkeys(key for word in words for key in _as_keys(word)):
        if hmac.compare_digest(_mac(key, token.signed, token.algorithm), token.signature):
            return key
    return None


def well_known_keys() -> tuple[str, ...]:
    """Keys that stand in tutorials, templates and documentation; see the file for where they come from."""
    text = resources.files("launchready.data").joinpath("well_known_keys.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _as_keys(word: str) -> Iterable[bytes]:
    yield word.encode()
    try:
        yield base64.b64decode(word, validate=True)
    except (ValueError, binascii.Error):
        return


def _of_our_own_pair(token: JsonWebToken) -> Iterable[Forgery]:
    """Signed by a fresh pair, and with its public half in the header, where it proves nothing."""
    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    numbers = pair.public_key().public_numbers()
    jwk = {"kty": "RSA", "e": _armoured(_bytes(numbers.e)), "n": _armoured(_bytes(numbers.n))}
    for kind, how, header in (
        ("token of a foreign key", "a token signed with a pair of our own", {"alg": "RS256"}),
        ("token with its own key", _OWN_KEY, {"alg": "RS256", "jwk": jwk}),
    ):
        signed = token.with_header(**header)
        signature = pair.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        yield Forgery(kind, how, f"{signed}.{_armoured(signature)}")


def _as_text(jwk: Mapping[str, Any]) -> Iterable[bytes]:
    """A published key in the forms in which libraries take keys."""
    try:
        key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
        if jwk.get("kty") == "RSA":
            key = rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
        elif jwk.get("kty") == "EC":
            curve = _CURVES[str(jwk["crv"])]()
            key = ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), curve).public_key()
        else:
            return
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        return
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    yield pem
    yield pem.strip()


def _flipped(signature: bytes) -> bytes:
    """One byte in the middle changed: the last ones may hold bits that do not count."""
    middle = len(signature) // 2
    return signature[:middle] + bytes((signature[middle] ^ 0x5A,)) + signature[middle + 1 :]


def _mac(key: bytes, signed: str, algorithm: str) -> bytes:
    return hmac.new(key, signed.encode(), _HASHES[algorithm]).digest()


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number(armoured: str) -> int:
    return int.from_bytes(_unarmoured(armoured), "big")


def _armoured(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unarmoured(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)

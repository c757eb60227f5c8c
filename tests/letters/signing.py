"""Keys, signed letters and the name servers' answers about them, made on the spot."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar

import dkim
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.mailauth.known import Known
from launchready.verdict import Cause

T = TypeVar("T")
UNTOLD = "untold"


@cache
def rsa_key(name: str = "", bits: int = 1024) -> tuple[bytes, str]:
    """A private key as dkimpy takes it, and the text of its DNS record."""
    key = rsa.generate_private_key(65537, bits)
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.TraditionalOpenSSL, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


@cache
def ed25519_key() -> tuple[bytes, str]:
    key = ed25519.Ed25519PrivateKey.generate()
    raw = key.private_bytes(form.Encoding.Raw, form.PrivateFormat.Raw, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    return base64.b64encode(raw), f"v=DKIM1; k=ed25519; p={base64.b64encode(public).decode()}"


def message(body: bytes = b"Hello\r\n", **headers: str) -> bytes:
    """A plain letter of lab.test; a header given as "" is left out, underscores are dashes."""
    date = (datetime.now(UTC) - timedelta(seconds=2)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    named = {
        "From": "Harbour <portal@lab.test>",
        "To": "nora@northwind.test",
        "Subject": "Your password",
        "Date": date,
        "Message-ID": "<1@lab.test>",
    }
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return head.encode() + b"\r\n" + body


def signed(raw: bytes, domain: str = "lab.test", selector: str = "s1", **options: object) -> bytes:
    """The letter with one more signature on top, by the key of this domain."""
    options.setdefault("privkey", rsa_key(domain)[0])
    return dkim.sign(raw, selector.encode(), domain.encode(), **options) + raw


def received(
    raw: bytes, *above: str, ip: str = "203.0.113.25", by: str = "mx.google.com", helo: str = "mail.lab.test"
) -> bytes:
    """The letter as a provider hands it out: its lines above a Received field."""
    trace = (
        f"Received: from {helo} ({helo} [{ip}])\r\n by {by} with ESMTPS id 7; Thu, 26 Nov 2026 20:00:01 +0000"
    )
    return "".join(f"{line}\r\n" for line in (*above, trace)).encode() + raw


def known_from(records: dict[str, str | tuple[str, ...]], evaluate: Callable[[Known], T]) -> T:
    """What an evaluation comes to when these are all TXT records there are; UNTOLD: no name server answers."""
    known = Known()
    for _ in range(20):
        found = known.tried(evaluate)
        if found is not None:
            return found
        assert known.open
        known.add([_answer(records, *question) for question in list(known.open)])
    raise AssertionError(f"never at rest: {list(known.open)}")


def _answer(records: dict[str, str | tuple[str, ...]], name: str, kind: str) -> Answer:
    held = records.get(name) if kind == "TXT" else None
    if held == UNTOLD:
        why = Missing(Cause.UNREACHABLE, f"no name server answered for {name}", "run it again")
        return Answer(name, kind, "untold", why=why, trouble="timeout")
    if held is None:
        return Answer(name, kind, "absent")
    return Answer(name, kind, "present", (held,) if isinstance(held, str) else held)

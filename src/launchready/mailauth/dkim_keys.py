"""Keys with which a domain's mail is signed, as DNS has them: there or not, and sound or not (RFC 6376, 8301, 8463)."""

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

from launchready.mailauth.answers import texts, told
from launchready.mailauth.known import Known
from launchready.mailauth.tag_list import read_tags, shown

FEWEST_BITS = 1024
"""Receivers must not take signatures of shorter RSA keys (RFC 8301, section 3.2)."""
RECOMMENDED_BITS = 2048
"""What signers should use, by the same section."""
_ED25519_OCTETS = 32

State = Literal["sound", "weak", "revoked", "test", "unusable", "absent"]


@dataclass(frozen=True, slots=True)
class DkimKey:
    """What stands at one selector of one domain.

    Attributes:
        domain, selector: d= and s= of the signatures it is for.
        state: sound; weak (receivers refuse so short a key); revoked (an empty key); test (t=y: receivers are told to
            treat the mail as if it were not signed); unusable (`fault` says why); absent (nothing that looks like a key).
        kind: rsa or ed25519; empty where it does not show.
        bits: length of the key.
        fault: in words, why it is not sound.
        leads_to: where CNAMEs lead from there, in order.
    """

    domain: str
    selector: str
    state: State
    kind: str = ""
    bits: int = 0
    fault: str = ""
    leads_to: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Where it stands in DNS."""
        return key_name(self.domain, self.selector)

    @property
    def there(self) -> bool:
        """Whether anything at all that looks like a key stands there."""
        return self.state != "absent"

    @property
    def described(self) -> str:
        """The key in a few words, such as "RSA of 2048 bits"."""
        what = f"RSA of {self.bits} bits" if self.kind == "rsa" else "Ed25519"
        return f"{what}, kept at {self.leads_to[-1]}" if self.leads_to else what


def key_name(domain: str, selector: str) -> str:
    """Where a key stands in DNS."""
    return f"{selector}._domainkey.{domain}".lower()


def dkim_key(known: Known, domain: str, selector: str) -> DkimKey:
    """Look at one key.

    Raises:
        Untold: the name servers could not tell.
        NotKnown: it was not asked for yet.
    """
    name = key_name(domain, selector)
    leads_to = told(known, name, "TXT").aliases
    records = texts(known, name)
    keys = [text for text in records if "p" in read_tags(text).tags]
    if not keys:
        if not records:
            return DkimKey(domain, selector, "absent", fault="there is no such record", leads_to=leads_to)
        fault = f"the record there, {shown(records[0])}, is no key"
        return DkimKey(domain, selector, "absent", fault=fault, leads_to=leads_to)
    if len(records) > 1:
        fault = f"there are {len(records)} records where one must be, and receivers may take any of them"
        return DkimKey(domain, selector, "unusable", fault=fault, leads_to=leads_to)
    state, kind, bits, fault = _judged(keys[0])
    return DkimKey(domain, selector, state, kind, bits, fault, leads_to)


def _judged(text: str) -> tuple[State, str, int, str]:
    """State, kind, bits and fault of a key record."""
    listed = read_tags(text)
    tags = listed.tags
    if twice := [fault for fault in listed.faults if "twice" in fault]:
        return "unusable", "", 0, f"{twice[0]}, so receivers throw the record away"
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        return "unusable", "", 0, "its version is not v=DKIM1 in the first place, so receivers throw it away"
    kind = tags.get("k", "rsa").lower()
    if kind not in ("rsa", "ed25519"):
        return "unusable", "", 0, f"receivers know no kind of key called {shown(kind)}"
    value = "".join(tags["p"].split())
    if not value:
        return "revoked", kind, 0, "it is empty, which says that the key was withdrawn"
    bits = _bits(kind, value)
    if not bits:
        return "unusable", kind, 0, f"what it holds is no {kind} key; it may have been cut or mangled"
    if kind == "rsa" and bits < FEWEST_BITS:
        return (
            "weak",
            kind,
            bits,
            f"an RSA key of {bits} bits can be computed, and receivers refuse it",
        )
    if "h" in tags and "sha256" not in _listed(tags["h"]):
        return "unusable", kind, bits, f"h={shown(tags['h'])} leaves out sha256, the hash that is left"
    if "s" in tags and not {"*", "email"} & _listed(tags["s"]):
        return "unusable", kind, bits, f"s={shown(tags['s'])} says that it is not for mail"
    if "y" in _listed(tags.get("t", "")):
        told_so = "t=y says that it is a test, and receivers are to treat such mail as not signed"
        return "test", kind, bits, told_so
    return "sound", kind, bits, ""


def _bits(kind: str, value: str) -> int:
    """Length of the key in bits; 0 where it is none."""
    try:
        raw = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return 0
    if kind == "ed25519":
        return 256 if len(raw) == _ED25519_OCTETS else 0
    return _modulus_bits(raw)


def _modulus_bits(raw: bytes) -> int:
    """Length of an RSA key, be it a SubjectPublicKeyInfo or a bare RSAPublicKey; 0 where it is neither.

    Read by hand: libraries refuse just the short keys that are to be told of.
    """
    try:
        sequence, rest = _element(raw, 0x30)
        if rest:
            return 0
        if sequence[:1] == b"\x30":  # algorithm, then the key in a string of bits
            _, after = _element(sequence, 0x30)
            bits, _ = _element(after, 0x03)
            sequence, _ = _element(bits[1:], 0x30)
        modulus, after = _element(sequence, 0x02)
        exponent, _ = _element(after, 0x02)
    except (ValueError, IndexError):
        return 0
    if int.from_bytes(exponent, "big") < 3:
        return 0
    return int.from_bytes(modulus, "big").bit_length()


def _element(raw: bytes, tag: int) -> tuple[bytes, bytes]:
    """Content of the first DER element, and what follows it."""
    if raw[0] != tag:
        raise ValueError("another kind of element")
    size, at = raw[1], 2
    if size & 0x80:
        at += size & 0x7F
        size = int.from_bytes(raw[2:at], "big")
    if len(raw) < at + size:
        raise ValueError("cut")
    return raw[at : at + size], raw[at + size :]


def _listed(value: str) -> set[str]:
    return {each.strip().lower() for each in value.split(":")}

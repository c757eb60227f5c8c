"""How one text may be written into a log: every encoding that keeps it readable for who wants to. Pure."""

import base64
import codecs
import hashlib
import html
import json
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

_SHORTEST = 8
"""Bytes of a written form; a shorter one might stand there by accident."""

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
"""What a value is hashed with where somebody thinks that this hides it."""


def forms(value: str) -> dict[bytes, str]:
    """Every way in which `value` may stand inside a longer text, as bytes, each with its name, outer encoding first."""
    found: dict[bytes, str] = {}
    for name, form in _forms(value):
        if len(form) >= _SHORTEST:
            found.setdefault(form, name)
    return found


def hashed(value: str) -> dict[bytes, str]:
    """The plain hashes of a whole value, in hexadecimal and base64. Not keyed or salted ones: those cannot be known."""
    found: dict[bytes, str] = {}
    raw = value.encode()
    for name in HASHES:
        digest = hashlib.new(name, raw, usedforsecurity=False)
        for form in (digest.hexdigest(), digest.hexdigest().upper()):
            found[form.encode()] = name
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found[encode(digest.digest()).rstrip(b"=")] = f"{name}, base64"
    return found


def escaped(value: str) -> dict[bytes, str]:
    """How a text with special characters is written into others, by what it then looks like: the most nested first."""
    once = json.dumps(value)[1:-1]
    unicode = json.dumps(value, ensure_ascii=False)[1:-1]
    ways = {
        "json in json in json": json.dumps(json.dumps(once)[1:-1])[1:-1],
        "json in json": json.dumps(once)[1:-1],
        "url, url": quote(quote(value, safe=""), safe=""),
        "url": quote(value, safe=""),
        "html": html.escape(value),
        "python": repr(value)[1:-1],
        "json": once,
    }
    found = {text.encode(): name for name, text in reversed(ways.items())}
    found |= {quote_plus(value).encode(): "url", unicode.encode(): "json", value.encode(): ""}
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def _forms(value: str) -> Iterator[tuple[str, bytes]]:
    raw = value.encode()
    yield "", raw
    for text, name in escaped(value).items():
        yield name, text
    yield "lower case", value.lower().encode()
    yield "upper case", value.upper().encode()
    yield "reversed", value[::-1].encode()
    yield "rot13", codecs.encode(value, "rot13").encode()
    yield from _numbers(raw)
    yield from _spelt(value)
    yield from _armoured(raw)
    for name, codec in (("utf-16", "utf-16-le"), ("utf-16 be", "utf-16-be")):
        wide = value.encode(codec)
        yield name, wide
        for form in _aligned(wide, base64.b64encode, 3, 4):
            yield f"base64, {name}", form


def _armoured(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """In groups of several bytes, once and twice."""
    for form in _aligned(raw, base64.b64encode, 3, 4):
        yield "base64", form
        yield "base64url", form.translate(bytes.maketrans(b"+/", b"-_"))
        yield "hex, base64", form.hex().encode()
        for again in _aligned(form, base64.b64encode, 3, 4):
            yield "base64, base64", again
    for form in _aligned(raw.hex().encode(), base64.b64encode, 3, 4):
        yield "base64, hex", form
    for name, encode, group, width in (
        ("base32", base64.b32encode, 5, 8),
        ("base85", base64.b85encode, 4, 5),
        ("ascii85", base64.a85encode, 4, 5),
    ):
        for form in _aligned(raw, encode, group, width):
            yield name, form
            if name == "base32":
                yield name, form.lower()


def _numbers(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Each byte as a number."""
    yield "hex", raw.hex().encode()
    yield "hex", raw.hex().upper().encode()
    for separator in (" ", ":", "-"):
        yield "hex", raw.hex(separator).encode()
        yield "hex", raw.hex(separator).upper().encode()
    for separator in (", ", ",", " "):
        yield "bytes", separator.join(map(str, raw)).encode()
        yield "bytes in hex", separator.join(f"0x{each:02x}" for each in raw).encode()
    for name, form in (
        ("\\x", "\\x{:02x}"),
        ("octal", "\\{:03o}"),
        ("url", "%{:02x}"),
        ("url", "%{:02X}"),
        ("url, url", "%25{:02X}"),
        ("quoted-printable", "={:02X}"),
        ("binary", "{:08b} "),
    ):
        yield name, "".join(form.format(each) for each in raw).strip().encode()


def _spelt(value: str) -> Iterator[tuple[str, bytes]]:
    """Each character by itself."""
    for name, form in (
        ("json", "\\u{:04x}"),
        ("json", "\\u{:04X}"),
        ("json in json", "\\\\u{:04x}"),
        ("html", "&#{};"),
        ("html", "&#x{:x};"),
    ):
        yield name, "".join(form.format(ord(each)) for each in value).encode()
    for separator in (" ", ", ", "', '", '", "', '","'):
        yield "letters", separator.join(value).encode()


def _aligned(raw: bytes, encode: Callable[[bytes], bytes], group: int, width: int) -> Iterator[bytes]:
    """What of `raw` is sure to stand in an encoded text, wherever it begins in that text.

    Args:
        raw: what is encoded.
        encode: the encoding, of whole groups.
        group: bytes that are encoded together.
        width: characters that stand for a group.
    """
    by_bits = group * 8 % width == 0  # else a character depends on the whole group, as in base85
    for before in range(group):
        text = encode(b"\0" * before + raw)
        bits = group * 8 // width
        if by_bits:
            begin, end = -(-before * 8 // bits), (before + len(raw)) * 8 // bits
        else:
            begin, end = -(-before // group) * width, (before + len(raw)) // group * width
        yield text[begin:end]

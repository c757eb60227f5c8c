"""Where is a text in base64 or hexadecimal, and where are literals put together? All three in one pass by RE2.

None of them begins with a character that is rare, so each pass of its own would cost as much as looking for secrets.
"""

from typing import NamedTuple

import re2

_TOKEN = rb"[A-Za-z0-9_+/=.-]"
_QUOTE = rb"[\"'`]"

# Four characters of base64 hold three bytes; each class below leaves out what no printable text can give at its place.
# So text in base64 is found at any alignment, and hashes, keys and file names are passed over without decoding them.
_BASE64 = rb"(?:[CDI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]){5,}"
_HEX = rb"(?:[2-7][0-9a-fA-F]|0[9aAdD]){14,}"
_JOINED = (
    _TOKEN + _QUOTE + rb"(?:\s{0,40}[+.]\s{0,40}|[ \t]{0,40}\\?[ \t]{0,40}\r?\n[ \t]{0,40})" + _QUOTE + _TOKEN
)
_ANY = re2.compile(rb"(?:" + _JOINED + rb")|(?:" + _HEX + rb")|" + _BASE64)
_QUOTES = frozenset(b"\"'`")
_HEX_DIGITS = frozenset(b"0123456789abcdefABCDEF")

Spans = tuple[tuple[int, int], ...]


class Rare(NamedTuple):
    """Where each of them is, from where to where."""

    joined: Spans
    base64: Spans
    hexadecimal: Spans


def rare(text: bytes) -> Rare:
    """All places, in order."""
    joined, base64, hexadecimal = [], [], []
    for match in _ANY.finditer(text):
        start, end = match.span()
        if text[start + 1] in _QUOTES:
            joined.append((start, end))
        elif _HEX_DIGITS.issuperset(text[start:end]):
            hexadecimal.append((start, end))
        else:
            base64.append((start, end))
    return Rare(tuple(joined), tuple(base64), tuple(hexadecimal))

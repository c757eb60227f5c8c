"""What is written in base64 or hexadecimal, and perhaps was packed before. Pure."""

import base64
import binascii
import re
from collections.abc import Iterator

from launchready.collect.log_search.needles import unpack

_HEXADECIMAL = re.compile(rb"[0-9a-fA-F-]+")
_PACKED = (b"H4sI", b"eJ", b"eN", b"eA")
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_SAMPLE = 24
"""Characters by which it is seen whether a text comes out."""


def decoded(blob: bytes) -> Iterator[tuple[str, bytes]]:
    """The text in a blob, with how it was read; nothing where no text comes out."""
    if _HEXADECIMAL.fullmatch(blob):
        yield from _of_hexadecimal(blob)
        return
    if blob.startswith(_PACKED) and (unpacked := list(unpack(blob))):
        yield from unpacked
        return
    raw = _of_base64(blob)
    if raw and _is_text(raw[:64]):
        yield "base64", raw
    elif raw and _is_wide(raw[:64]):
        yield "base64, utf-16", raw.decode("utf-16-le", "replace").encode()


def _of_hexadecimal(blob: bytes) -> Iterator[tuple[str, bytes]]:
    if len(blob) % 2 or b"-" in blob:
        return
    raw = bytes.fromhex(blob.decode("ascii"))
    if raw.startswith(b"\x1f\x8b\x08"):
        yield from unpack(blob)
    elif _is_text(raw[:64]):
        yield "hex", raw


def _of_base64(blob: bytes) -> bytes:
    plain = blob.translate(_TO_STANDARD).rstrip(b"=")
    plain = plain[:-1] if len(plain) % 4 == 1 else plain
    try:
        sample = base64.b64decode(plain[:_SAMPLE])
        if not _is_text(sample) and not _is_wide(sample):
            return b""
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (ValueError, binascii.Error):
        return b""


def _is_text(sample: bytes) -> bool:
    """Whether these bytes were meant to be read."""
    odd = any((each < 32 and each not in (9, 10, 13)) or each == 127 for each in sample)
    return bool(sample) and not odd and sum(each >= 128 for each in sample) * 4 <= len(sample)


def _is_wide(sample: bytes) -> bool:
    """Whether every other byte is empty, as in UTF-16."""
    return len(sample) > 8 and sample[1::2].count(0) >= len(sample) // 2 - 1

"""Encodings that write whole texts in other characters: base64, hexadecimal, and base64 of what gzip packed."""

import re
import zlib
from binascii import Error, a2b_base64, unhexlify
from collections.abc import Iterable, Iterator

from launchready.detect.views.rare import Spans
from launchready.detect.views.view import Stretch, View

UNPACKED_LIMIT = 1 << 20
"""Bytes taken out of one packed text: enough for a log line or a form, too few for a bomb."""

_RUN_LIMIT = 1 << 20

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
_BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-]+")
_GZIP = b"H4sI"
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xf4]{12,}")
_STANDARD = bytes.maketrans(b"-_", b"+/")


def base64_stretches(view: View) -> Iterable[Stretch]:
    """Texts in base64 of either alphabet, wherever they begin in a run of its characters."""
    text = view.text
    for start, end in _runs(text, view.rare.base64):
        run = text[start:end].translate(_STANDARD)
        seen: set[bytes] = set()
        for skipped in range(4):
            part = run[skipped : len(run) - (len(run) - skipped) % 4 or None]
            rest = run[skipped + len(part) :]
            try:
                decoded = a2b_base64(part) + (
                    a2b_base64(rest + b"=" * (4 - len(rest))) if len(rest) > 1 else b""
                )
            except Error:
                continue
            for match in _READABLE.finditer(decoded):
                if match[0] not in seen:
                    seen.add(match[0])
                    first, last = match.span()
                    yield _even(
                        start + skipped + first * 4 // 3,
                        min(end, start + skipped - (-last * 4 // 3)),
                        match[0],
                    )


def _runs(text: bytes, spans: Spans) -> Iterator[tuple[int, int]]:
    """The whole runs of base64's characters in which the spans lie, each once."""
    done = 0
    for first, last in spans:
        if first < done:
            continue
        before = text[max(done, first - 64) : first]
        start = first - len(before) + len(before.rstrip(_BASE64))
        run = _BASE64_RUN.match(text, last, min(len(text), start + _RUN_LIMIT))
        done = run.end() if run else last
        yield start, done


def gzip_stretches(view: View) -> Iterable[Stretch]:
    """What gzip packed and base64 wrote; all that is in it stands where the base64 stands."""
    text = view.text
    at = text.find(_GZIP)
    while at >= 0:
        run = _BASE64_RUN.match(text, at, min(len(text), at + _RUN_LIMIT))
        end = run.end() if run else at + len(_GZIP)
        unpacked = _unpacked(text[at:end].translate(_STANDARD))
        if unpacked:
            yield Stretch(at, end, unpacked, tuple)  # no pieces: each of its bytes stands for the whole of it
        at = text.find(_GZIP, end)


def _unpacked(run: bytes) -> bytes:
    try:
        whole = run[: len(run) - (len(run) % 4 == 1)]
        packed = a2b_base64(whole + b"=" * (-len(whole) % 4))
        return zlib.decompressobj(wbits=31).decompress(packed, UNPACKED_LIMIT)
    except (Error, zlib.error):
        return b""


def hex_stretches(view: View) -> Iterable[Stretch]:
    """Texts in hexadecimal digits."""
    for start, end in view.rare.hexadecimal:
        yield _even(start, end, unhexlify(view.text[start : end - (end - start) % 2]))


def _even(start: int, end: int, text: bytes) -> Stretch:
    """A stretch in which each byte of the text takes as much room in the source as any other."""
    return Stretch(start, end, text, lambda: [(text, end - start)])

"""Encodings that write single characters in another way: HTML, JSON, addresses, mail, and broken lines."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html.entities import html5
from typing import Any

import re2

from launchready.detect.views.view import Pieces, Stretch, View

_BEFORE, _AFTER, _FURTHER, _SOON = 256, 1024, 4096, 256
"""Bytes kept before and after an escape, for what names a secret and for its rest; where a gap is looked for; soon."""

_GAP = re.compile(rb"[\s\"'`,;<>]")


@dataclass(frozen=True, slots=True)
class Escapes:
    """One way of writing characters otherwise.

    Attributes:
        name: as it is told in a finding.
        escape: one escape, as the only group; linear, and begun by a literal wherever it can be, so that `re` skips as
            fast as memchr.
        plain: what an escape stands for.
        worth: where decoding is worthwhile, if that is not wherever there is an escape.
    """

    name: str
    escape: "re.Pattern[bytes]"
    plain: Callable[[bytes], bytes]
    worth: Callable[[View], Iterable[tuple[int, int]]] | None = None

    def stretches(self, view: View) -> Iterable[Stretch]:
        """What of the view is written so, with its surroundings, decoded."""
        text = view.text
        spots = self.worth(view) if self.worth else _spots(self.escape, text)
        for start, end in _windows(text, spots):
            source = text[start:end]
            yield Stretch(start, end, self._decoded(source), partial(self._pieces, source))

    def _decoded(self, source: bytes) -> bytes:
        parts = self.escape.split(source)
        escapes = parts[1::2]
        # A log may have one in every few bytes, but of few kinds: each kind is decoded once.
        meaning = {each: self.plain(each) for each in {*escapes}}
        parts[1::2] = map(meaning.__getitem__, escapes)
        return b"".join(parts)

    def _pieces(self, source: bytes) -> Pieces:
        for number, part in enumerate(self.escape.split(source)):
            yield self.plain(part) if number % 2 else part, len(part)


def _spots(pattern: Any, text: bytes) -> Iterator[tuple[int, int]]:
    """Where `pattern`, of `re` or of RE2, matches. Those soon after another are left out: its surroundings hold them."""
    match = pattern.search(text)
    while match:
        yield match.span()
        match = pattern.search(text, match.end() + _SOON)


def _windows(text: bytes, spots: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The surroundings of each spot, cut at gaps between words, those that touch as one; never overlapping."""
    floor = 0
    for first, last in _together(spots):
        start = max(floor, _left(text, first - _BEFORE))
        floor = max(start, _right(text, last + _AFTER))
        if floor > start:
            yield start, floor


def _together(spots: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spots whose surroundings would touch, as one."""
    first = last = -1
    for start, end in spots:
        if last < 0:
            first = start
        elif start > last + _AFTER + _BEFORE:
            yield first, last
            first = start
        last = end
    if last >= 0:
        yield first, last


def _left(text: bytes, at: int) -> int:
    """The nearest gap before `at`."""
    if at <= 0:
        return 0
    low = max(0, at - _FURTHER)
    return max(low, *(text.rfind(gap, low, at) + 1 for gap in (b" ", b"\n", b'"', b"'", b",")))


def _right(text: bytes, at: int) -> int:
    """The nearest gap after `at`."""
    gap = _GAP.search(text, at, at + _FURTHER)
    return gap.start() if gap else min(len(text), at + _FURTHER)


def _entity(escape: bytes) -> bytes:
    """What an HTML reference stands for; itself if it stands for nothing."""
    named = escape[1:].decode("ascii")
    if not named.startswith("#"):
        return html5.get(named, escape.decode("ascii")).encode()
    number = named[1:-1]
    return _character(int(number[1:], base=16) if number[0] in "xX" else int(number))


def _character(number: int) -> bytes:
    """A character by its number, "?" for what is none by itself."""
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return b"?"
    return chr(number).encode()


_SHORT = {
    b"\\" + bytes((letter,)): bytes((plain,))
    for letter, plain in zip(b"nrtbf\"'\\/", b"\n\r\t\b\f\"'\\/", strict=True)
}


def _backslash(escape: bytes) -> bytes:
    """What an escape of JSON or JavaScript stands for."""
    return _SHORT.get(escape) or _character(int(escape[2:].decode("ascii"), base=16))


def _byte(escape: bytes) -> bytes:
    """The byte that two hexadecimal digits stand for."""
    return bytes((int(escape[1:], 16),))


def _soft(escape: bytes) -> bytes:
    """What quoted-printable stands for: a byte, or nothing at the end of a line."""
    return b"" if escape.endswith(b"\n") else _byte(escape)


def _nothing(escape: bytes) -> bytes:
    del escape
    return b""


def _found_by(pattern: Any) -> Callable[[View], Iterator[tuple[int, int]]]:
    return lambda view: _spots(pattern, view.text)


def _joins(view: View) -> Iterable[tuple[int, int]]:
    return view.rare.joined


HTML = Escapes("html", re.compile(rb"(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"), _entity)

JSON = Escapes(
    "json",
    re.compile(rb"(\\(?:[\"'\\/bfnrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}))"),
    _backslash,
    # The end of a line inside a string matters only where a setting follows: scripts are full of the others.
    _found_by(re.compile(rb"\\(?:[\"'\\/]|u00|x[0-9a-fA-F]|[nr][\w\\. \"'-]{2,60}[=:])")),
)

URL = Escapes("url", re.compile(rb"(%[0-9a-fA-F]{2})"), _byte)

# Only a line that is full goes on after a `=`; shorter ones end so as base64 does.
MAIL = Escapes(
    "quoted-printable",
    re.compile(rb"(=(?:[0-9A-F]{2}|(?<=[^\n]{60}=)\r?\n))"),
    _soft,
    _found_by(re.compile(rb"=(?:3D|(?<=[^\n]{60}=)\r?\n[\w+/=-]{4})")),
)

JOINED = Escapes(
    "joined",
    re.compile(
        rb"(?<=[A-Za-z0-9_+/=.-])([\"'`](?:\s{0,40}[+.]\s{0,40}|[ \t]{0,40}\\?[ \t]{0,40}\r?\n[ \t]{0,40})[\"'`])"
        rb"(?=[A-Za-z0-9_+/=.-])"
    ),
    _nothing,
    _joins,
)
"""String literals that are put together: "sk_" + "live_" and the like."""

UTF16 = Escapes(
    "utf-16",
    re.compile(rb"(\x00|\xff\xfe|\xfe\xff)"),
    _nothing,
    _found_by(re2.compile(rb"(?:[\t\n\r\x20-\x7e]\x00){8,}|(?:\x00[\t\n\r\x20-\x7e]){8,}")),
)
"""Both orders of bytes: what is left without the zeros is what was written, in Latin script."""

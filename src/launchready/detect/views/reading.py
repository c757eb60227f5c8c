"""All the ways in which a text is worth reading, two decodings deep."""

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

import re2

from launchready.detect.views import packed, wrapped
from launchready.detect.views.escapes import HTML, JOINED, JSON, MAIL, URL, UTF16
from launchready.detect.views.view import Stretch, View

DEPTH = 2
"""Decodings taken off one after another: a form in an address in a log line is two deep."""


class _Decoding(NamedTuple):
    """One encoding that can be taken off.

    Attributes:
        name: as it is told in a finding.
        needs: a byte that is in every text that is written so; looked for first, at nearly no cost.
        stretches: what of a view is written so, decoded.
        marks: what begins its escapes, as each of the encodings of this list with escapes of its own writes it. An
            escape that comes out of another is met only after that one was taken off; two that stand side by
            side can be taken off in either order, and one order is enough.
        begun: a pattern that is in every such text too, where the byte is in many others; of RE2, which looks for some
            bytes in a row ten times as fast as `in`.
    """

    name: str
    needs: bytes
    stretches: Callable[[View], Iterable[Stretch]]
    marks: tuple[bytes, ...] = ()
    begun: Any = None

    def may_be_in(self, text: bytes) -> bool:
        """Whether anything in the text can be written so."""
        return self.needs in text and (self.begun is None or bool(self.begun.search(text)))


# In the order in which they are taken off where they stand side by side.
_DECODINGS = (
    _Decoding("utf-16", b"\0", UTF16.stretches),
    _Decoding(MAIL.name, b"=", MAIL.stretches, begun=re2.compile(rb"=(?:3D|[\r\n])")),
    _Decoding(wrapped.NAME, b"\n", wrapped.stretches),
    _Decoding(HTML.name, b"&", HTML.stretches, (b"%26", b"&amp;", b"&#38;", b"&#x26;", b"\\u0026", b"\\x26")),
    _Decoding(
        JSON.name,
        b"\\",
        JSON.stretches,
        (b"%5C", b"%5c", b"&#92;", b"&#x5C;", b"&#x5c;", b"&bsol;", b"\\\\", b"\\u005"),
    ),
    _Decoding(URL.name, b"%", URL.stretches, (b"%25", b"&#37;", b"&#x25;", b"&percnt;", b"\\u0025")),
    _Decoding(JOINED.name, b"", JOINED.stretches),
    _Decoding("base64, gzip", b"H", packed.gzip_stretches, begun=re2.compile(rb"H4sI")),
    _Decoding("base64", b"", packed.base64_stretches),
    _Decoding("hex", b"", packed.hex_stretches),
)
_OPENS_ALL = frozenset(("utf-16", "base64", "base64, gzip", "hex"))


class Budget:
    """How many decoded bytes may be looked at, and whether that was too few."""

    def __init__(self, size: int) -> None:
        self._left = 8 * size + (1 << 20)
        self.cut = ""

    def takes(self, stretch: Stretch) -> bool:
        """Whether there is room for one more stretch."""
        if self.cut or len(stretch.text) > self._left:
            self.cut = "more decoded text than eight times the text as it stands"
            return False
        self._left -= len(stretch.text)
        return True


def views(text: bytes, budget: Budget) -> Iterator[View]:
    """The text as it stands, then as it reads with encodings taken off, the shallower first."""
    level = [View(text)]
    for depth in range(DEPTH + 1):
        yield from level
        if depth < DEPTH:
            level = [inner for view in level for inner in _decoded(view, budget)]


def _decoded(view: View, budget: Budget) -> Iterator[View]:
    """The view with one more encoding taken off, by each that is in it."""
    for number, decoding in enumerate(_DECODINGS):
        if not decoding.may_be_in(view.text) or (view.names and not _worth_it(view, number)):
            continue
        stretches = tuple(
            takewhile(budget.takes, decoding.stretches(view))
        )  # what no longer fits is not decoded
        if stretches:
            yield View.decoded(view, decoding.name, stretches)


def _worth_it(view: View, number: int) -> bool:
    """Whether a second encoding can have come out of the first, or comes after it in the one order that is enough."""
    outer = view.names[-1]
    if outer in _OPENS_ALL:
        return True
    decoding = _DECODINGS[number]
    if number > next(at for at, each in enumerate(_DECODINGS) if each.name == outer):
        return True
    return any(mark in view.source for mark in decoding.marks)

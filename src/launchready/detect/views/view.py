"""A text with an encoding taken off, and the way back to the bytes as they were given."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from launchready.detect.views.rare import Rare, rare

Pieces = Iterable[tuple[bytes, int]]
"""Decoded bytes in order, each with how many bytes of the source it was made of."""

_APART = b"\n\n"


class Stretch(NamedTuple):
    """Some neighbouring bytes of a source that are worth decoding.

    Attributes:
        start, end: where they stand in the source.
        text: what they say, decoded.
        pieces: decodes them once more, piece by piece; called only where something was found in them.
    """

    start: int
    end: int
    text: bytes
    pieces: Callable[[], Pieces]


class View:
    """A text to look at: as it was given, or some stretches of another view, decoded, one below the other."""

    def __init__(
        self,
        text: bytes,
        names: tuple[str, ...] = (),
        of: "View | None" = None,
        stretches: tuple[Stretch, ...] = (),
    ) -> None:
        self.text = text
        self.names = names
        self._of = of
        self._stretches = stretches
        self._starts = []
        at = 0
        for stretch in stretches:
            self._starts.append(at)
            at += len(stretch.text) + len(_APART)

    @classmethod
    def decoded(cls, of: "View", name: str, stretches: tuple[Stretch, ...]) -> "View":
        """A view of `of` with one more encoding taken off."""
        return cls(_APART.join(each.text for each in stretches), (*of.names, name), of, stretches)

    @cached_property
    def rare(self) -> Rare:
        """What is written in it in base64 or hexadecimal, and the literals that are put together."""
        return rare(self.text)

    @cached_property
    def source(self) -> bytes:
        """What its stretches were decoded from; empty for a text as it was given."""
        of = self._of.text if self._of else b""
        return b"\n".join(of[stretch.start : stretch.end] for stretch in self._stretches)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where the bytes from `start` to `end` of this view stand in the text as it was given."""
        if self._of is None:
            return start, end
        number = max(0, bisect_right(self._starts, start) - 1)
        stretch = self._stretches[number]
        first, last = _traced(stretch, start - self._starts[number], end - self._starts[number])
        return self._of.origin(first, last)


def _traced(stretch: Stretch, start: int, end: int) -> tuple[int, int]:
    """Where the decoded bytes from `start` to `end` of a stretch stand in its source."""
    first = last = None
    decoded, source = 0, stretch.start
    for text, length in stretch.pieces():
        after = decoded + len(text)
        if text:
            if first is None and start < after:
                first = source + (start - decoded) * length // len(text)
            if end <= after:
                last = source - (decoded - end) * length // len(text)
                break
        decoded, source = after, source + length
    return (stretch.start if first is None else first), (stretch.end if last is None else last)

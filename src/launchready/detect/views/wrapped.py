"""Lines that were broken because they were full, not because something ended."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

import re2

from launchready.detect.views.view import Pieces, Stretch, View

NAME = "unwrapped"

_NEIGHBOURS = 4
_NARROWEST, _WIDEST = 40, 400
"""Bytes in a line on average, in a text that may be wrapped."""
_BEFORE, _AFTER = 512, 768

_BREAK = re2.compile(rb"[^\n]{59,}[A-Za-z0-9_+/=.-](\\?\r?\n[ \t]{0,16})[A-Za-z0-9_+/=.\\-]")
_TOKEN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.-"
_TOKEN_START = re.compile(rb"[A-Za-z0-9_+/.-]{1,512}={0,2}(?![=:\w])")
_WORD = re.compile(rb"[A-Z]?[a-z]{1,12}|[A-Z]{1,12}")
_MADE_UP = re.compile(rb"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z]).{20}", re.DOTALL)
_DATE = re.compile(rb"[0-9]{2,4}[-/][0-9]{2}[-/][0-9]")


def stretches(view: View) -> Iterable[Stretch]:
    """Lines put together where no neighbour is longer, and another is as long or the break cuts a word like a key."""
    text = view.text
    lines = text.count(b"\n")
    if not _NARROWEST * lines <= len(text) <= _WIDEST * lines:
        return  # lines of code are mostly short, and those of minified code endless
    breaks = [match.span(1) for match in _breaks(text)]
    group: list[tuple[int, int]] = []
    for start, end in breaks:
        if group and start > group[-1][1] + _AFTER:
            yield _stretch(text, group)
            group = []
        group.append((start, end))
    if group:
        yield _stretch(text, group)


def _breaks(text: bytes) -> "Iterator[re.Match[bytes]]":
    at = 0
    while match := _BREAK.search(text, at):
        start, end = match.span(1)
        at = end
        if _DATE.match(text, end):
            continue
        first = text.rfind(b"\n", 0, start) + 1
        if (
            _cuts_a_word(text, start, end) or _is_one_of_equals(text, first, start, end)
        ) and _is_longest_near(text, first, start, end):
            yield match


def _cuts_a_word(text: bytes, start: int, end: int) -> bool:
    """Whether what stands on both sides reads like one made-up word, as a key or base64."""
    before = text[max(0, start - 512) : start]
    left = before[len(before.rstrip(_TOKEN)) :]
    right = _TOKEN_START.match(text, end)
    return bool(right and not _WORD.fullmatch(right[0]) and _MADE_UP.match(left + right[0]))


def _is_one_of_equals(text: bytes, first: int, start: int, end: int) -> bool:
    """Whether the line before or after the one from `first` to `start` is just as long."""
    length = start - first
    after = text.find(b"\n", end, end + length + 2)
    before = text.rfind(b"\n", max(0, first - length - 3), max(0, first - 1))
    return after - end in (length, length - 1) or first - 1 - before - 1 == length


def _is_longest_near(text: bytes, first: int, start: int, end: int) -> bool:
    """Whether none of the lines near the one from `first` to `start` is longer."""
    length = start - first
    reach = _NEIGHBOURS * (length + 2)
    before = text[max(0, first - reach) : first].split(b"\n")[1:-1]
    after = text[end : end + reach].split(b"\n")[:-1]
    return all(len(line.rstrip(b"\r")) <= length for line in (*before[-_NEIGHBOURS:], *after[:_NEIGHBOURS]))


def _stretch(text: bytes, breaks: list[tuple[int, int]]) -> Stretch:
    start = max(0, breaks[0][0] - _BEFORE)
    end = min(len(text), breaks[-1][1] + _AFTER)
    return Stretch(
        start,
        end,
        b"".join(part for part, _ in _pieces(text, start, end, breaks)),
        partial(_pieces, text, start, end, breaks),
    )


def _pieces(text: bytes, start: int, end: int, breaks: list[tuple[int, int]]) -> Pieces:
    at = start
    for first, last in breaks:
        yield text[at:first], first - at
        yield b"", last - first
        at = last
    yield text[at:end], end - at

"""Which addresses show strangers something of their own, and whether somebody else is shown the same there. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from zlib import crc32

from launchready.collect.people.pieces import pieces
from launchready.wire.http import Answer

_MOST_MARKS = 200
"""Values kept of one page, as checksums: enough to know it again, and little to keep of many pages."""
_FRAME = 3
"""A value on so many pages belongs to the frame around them, or to a login page that stands at many addresses."""


def marks(answer: Answer) -> frozenset[int]:
    """What one answer is known by."""
    return frozenset(sorted(map(crc32, pieces(answer)))[:_MOST_MARKS])


def public(pages: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """The addresses at which strangers are shown something that stands nowhere else, with the marks of that.

    Args:
        pages: the marks of what strangers are shown, by address.
    """
    times = Counter(mark for each in pages.values() for mark in each)
    own = {
        url: frozenset(mark for mark in each if times[mark] < _FRAME) for url, each in sorted(pages.items())
    }
    return {url: each for url, each in own.items() if each}


def equal(pages: Mapping[str, str]) -> dict[str, str]:
    """The addresses at which strangers get the same bytes as at two others or more: what a script fills in, say.

    Args:
        pages: the digest of what strangers get, by address.
    """
    times = Counter(pages.values())
    return {url: digest for url, digest in pages.items() if digest and times[digest] >= _FRAME}


def shows(answer: Answer, own: frozenset[int]) -> bool:
    """Whether an answer holds most of what strangers are shown there."""
    return 2 * len(own & frozenset(map(crc32, pieces(answer)))) >= len(own)


def left_to_others(urls: Iterable[str], everybody: Iterable[str]) -> dict[str, frozenset[str]]:
    """The addresses that each of these people need not ask, as another of them does: they take turns.

    Args:
        urls: of pages for everybody.
        everybody: the names of those who share them.
    """
    names, ordered = sorted(everybody), sorted(urls)
    return {
        name: frozenset(url for at, url in enumerate(ordered) if at % len(names) != turn)
        for turn, name in enumerate(names)
    }

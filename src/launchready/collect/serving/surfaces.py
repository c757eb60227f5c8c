"""What kind of thing was served, and to which part of a page a place in it belongs. Pure."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from launchready.evidence.http import Exchange

SCRIPT, STATE, MAP, PAGE, ANSWER = "script", "inline state", "source map", "page", "answer"

_INLINE = re.compile(rb"<script\b[^>]*>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL)
_SCRIPT_TYPES = ("javascript", "ecmascript")


def is_script(exchange: Exchange) -> bool:
    """Whether a browser would run this."""
    return any(each in exchange.media_type for each in _SCRIPT_TYPES)


def is_answer(exchange: Exchange) -> bool:
    """Whether this is an answer for scripts: JSON, a stream of JSON, or the like."""
    return "json" in exchange.media_type or exchange.media_type in (
        "text/x-component",
        "text/event-stream",
        "application/graphql-response",
    )


@dataclass(frozen=True, slots=True)
class Surfaces:
    """One answer's parts, by where they begin and end."""

    usual: str
    spans: tuple[tuple[int, int], ...] = ()

    def at(self, offset: int) -> str:
        """What the byte at `offset` belongs to."""
        before = bisect_right(self.spans, (offset, 1 << 62)) - 1
        if before >= 0 and offset < self.spans[before][1]:
            return STATE
        return self.usual


def surfaces(body: bytes, exchange: Exchange) -> Surfaces:
    """Tell the parts of one answer apart: scripts in a page are its inline state."""
    if is_script(exchange):
        return Surfaces(SCRIPT)
    if is_answer(exchange):
        return Surfaces(ANSWER)
    if not exchange.is_html:
        return Surfaces(PAGE)
    return Surfaces(PAGE, tuple(match.span(1) for match in _INLINE.finditer(body)))

"""The error answers of a run, kept in memory to be read later for what they tell. Raw: never evidence.

Whatever a run asks may go wrong, and what a portal says then is worth a look, whoever asked. Pages of one template have
one size or nearly so; of those that are alike, the first is kept.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from launchready.wire.http import Answer

MOST = 250
"""Answers kept in one run."""
MOST_BYTES = 100_000
"""Of the body of each; error pages say at the beginning what went wrong."""
_LEAST_STATUS = 400
_SERVER_ERROR = 500


class Mishap(NamedTuple):
    """One error answer, and as whom it was asked."""

    answer: "Answer"
    who: str


class _Alike(NamedTuple):
    """What makes two answers worth one look only."""

    host: str
    status: int
    media_type: str
    size: int
    who: str


class Mishaps:
    """Keeps the first of all error answers that are alike."""

    def __init__(self) -> None:
        self._kept: dict[_Alike, Mishap] = {}

    def keep(self, answer: "Answer", who: str) -> None:
        """Take in an answer if it is an error; those of the server are kept whoever was given the like before."""
        exchange = answer.exchange
        if exchange.status < _LEAST_STATUS or len(self._kept) >= MOST or not answer.body:
            return
        named = who if exchange.status >= _SERVER_ERROR else ""
        host = urlsplit(exchange.url).netloc
        alike = _Alike(host, exchange.status, exchange.media_type, exchange.size, named)
        if alike not in self._kept:
            self._kept[alike] = Mishap(answer.cut(MOST_BYTES), who)

    def __iter__(self) -> Iterator[Mishap]:
        """In the order in which they came."""
        return iter(tuple(self._kept.values()))

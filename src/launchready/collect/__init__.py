"""How each fact is obtained: one module for each module of `evidence/`. A collector never gets a client, only a `Wire`."""

from collections.abc import Callable
from typing import Any, TypeVar

_Collector = TypeVar("_Collector", bound=Callable[..., Any])


def disturbing(turn: int) -> Callable[[_Collector], _Collector]:
    """Mark a collector that changes for others what they see: by tripping a limiter, say, or by setting a password.

    Such collectors run after all others, one at a time.

    Args:
        turn: 1 or more; lower ones run first.
    """

    def mark(collector: _Collector) -> _Collector:
        collector.turn = turn  # type: ignore[attr-defined]
        return collector

    return mark

"""Somebody who is there while a run goes on, for what no program can do."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hands:
    """A person at hand.

    Attributes:
        ask: shows them one thing to do; it does not wait until it is done.
        patience: seconds after which what they were to cause has not come.
    """

    ask: Callable[[str], None]
    patience: float

"""One try with one name; whether a series of them seems to tell accounts from others; names that nobody has. Pure."""

import secrets
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

from launchready.collect.likeness import Likeness
from launchready.thresholds import thresholds

_ASKED = thresholds("guessing")["enumeration"]
_LEAST_SECONDS: float = _ASKED["least_seconds"]["value"]
_AGAIN: float = _ASKED["again"]["value"]
_MOST_STRANGERS = 20
_CONSONANTS = "bcdfghjklmnpqrstvwxz"


@dataclass(slots=True)
class Try:
    """One try.

    Attributes:
        who: whose name was typed; empty for one that nobody has.
        told: the answer.
        seconds: until its last byte.
        look: of which series it is, from 1.
    """

    who: str
    told: Likeness
    seconds: float
    look: int = 1

    @property
    def shown(self) -> frozenset[Hashable]:
        """All of the answer that may tell something."""
        told = self.told
        rest = (("status", told.status), ("leads", told.leads), ("length", told.length))
        return frozenset((*told.fragments, *told.names, *rest))


def seem_apart(tries: Sequence[Try]) -> bool:
    """Whether accounts and others were answered otherwise or after other times, as far as one series tells."""
    known, unknown = [each for each in tries if each.who], [each for each in tries if not each.who]
    if not known or not unknown:
        return False
    times = abs(median(each.seconds for each in known) - median(each.seconds for each in unknown))
    shown = [each.shown for each in known], [each.shown for each in unknown]
    return times >= _LEAST_SECONDS or any(
        frozenset.intersection(*ours).difference(*theirs) for ours, theirs in (shown, shown[::-1])
    )


def deciding(known: int) -> int:
    """How many names that nobody has it takes beside those of accounts, so that an order can be more than chance."""
    return next((n for n in range(2, _MOST_STRANGERS) if 2 / comb(known + n, n) < _AGAIN), _MOST_STRANGERS)


def nobody(username: str, *, own: bool = False) -> str:
    """A name as long and of the same kind that nobody has by all chance; `own`: that our own mailbox gets.

    Consonants in a row are nobody's name, and each begins and ends otherwise, as some portals show just that.
    """
    local, at, domain = username.partition("@")
    if not any(map(str.isalpha, local)):
        return ""
    made = "".join(secrets.choice(_CONSONANTS) for _ in range(max(6, len(local))))
    if own and at:
        return f"{local}+{made}@{domain}"
    return f"{made}{at}{domain}"

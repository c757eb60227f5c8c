"""By what answers tell whether an account exists: pure comparison, and a test on time that states its confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import comb
from statistics import median
from typing import TypeVar

from launchready.evidence.enumeration import Door, Named
from launchready.thresholds import thresholds

_ASKED = thresholds("guessing")["enumeration"]
CHANCE: float = _ASKED["chance"]["value"]
AGAIN: float = _ASKED["again"]["value"]
APART: float = _ASKED["apart"]["value"]
LEAST_SECONDS: float = _ASKED["least_seconds"]["value"]
PAIRS = 2
"""So many answers of each kind there must be before anything is said to differ."""
_LONGEST = 60
_Part = TypeVar("_Part", str, tuple[str, int])


@dataclass(frozen=True, slots=True)
class Clock:
    """What the times of the answers tell.

    Attributes:
        told: accounts and others are answered after different times, with the confidence that `CHANCE` stands for, and
            by so much that a few tries tell which is which; and a second series says the same by itself.
        enough: there were enough tries to see a difference.
        known, unknown: median times in seconds.
        chance: that such an order of times comes about where there is no difference.
    """

    told: bool
    enough: bool
    known: float
    unknown: float
    chance: float


def differences(door: Door) -> list[str]:
    """Each difference between all answers to accounts and all others that is none among the others themselves."""
    known, unknown = door.known, door.unknown
    if min(len(known), len(unknown)) < PAIRS:
        return []
    found = [
        f"{what} ({_one(known, name)} for an account, {_one(unknown, name)} for others)"
        for name, what in (("status", "status"), ("leads", "where it leads"))
        if _splits([getattr(each, name) for each in known], [getattr(each, name) for each in unknown])
    ]
    only_known, only_unknown = _parts(
        [set(each.headers) for each in known], [set(each.headers) for each in unknown]
    )
    if only_known or only_unknown:
        found.append(f"headers ({_list(only_known or only_unknown)} only for {_whom(only_known)})")
    found += _texts(known, unknown) or _length(known, unknown)
    return found


def _texts(known: Sequence[Named], unknown: Sequence[Named]) -> list[str]:
    """Texts that all answers of one kind have and none of the other.

    What is new with each name (a mask of the address, say) is no text of the portal's: it is discounted unless several
    names of accounts have it in common, or others have something in common that accounts lack.
    """
    only_known, only_unknown = _parts(
        [set(each.texts) for each in known], [set(each.texts) for each in unknown]
    )
    by_name = _vary(unknown)
    if by_name and _are_few(known, unknown):
        return []
    if by_name and not only_unknown and len({each.who for each in known}) < PAIRS:
        return []
    told = []
    if only_known:
        told.append(f"{_quoted(only_known)} for an account")
    if only_unknown:
        told.append(f"{_quoted(only_unknown)} for others")
    return [f"text ({', '.join(told)})"] if told else []


def is_unsure(door: Door) -> bool:
    """Whether a limiter came before it was clear if texts that change by themselves tell accounts from others."""
    known, unknown = door.known, door.unknown
    if not door.stopped or not known or not unknown:
        return False
    apart = any(_parts([set(each.texts) for each in known], [set(each.texts) for each in unknown]))
    return apart and _vary(unknown) and _are_few(known, unknown)


def _vary(tries: Sequence[Named]) -> bool:
    return len({each.texts for each in tries}) > 1


def _are_few(known: Sequence[Named], unknown: Sequence[Named]) -> bool:
    """Whether chance alone might give a text of as many answers to just those to accounts."""
    return 1 / comb(len(known) + len(unknown), len(known)) >= CHANCE


def _length(known: Sequence[Named], unknown: Sequence[Named]) -> list[str]:
    lengths = [each.length for each in known], [each.length for each in unknown]
    if len({each.who for each in known}) < PAIRS or not _splits(*lengths):
        return []
    return [f"size ({lengths[0][0]} characters for an account, {lengths[1][0]} for others)"]


def _splits(known: Sequence[object], unknown: Sequence[object]) -> bool:
    return len(set(known)) == len(set(unknown)) == 1 and known[0] != unknown[0]


def _parts(known: Sequence[set[_Part]], unknown: Sequence[set[_Part]]) -> tuple[set[_Part], set[_Part]]:
    """What all of the one kind have and none of the other, both ways."""
    only_known = set.intersection(*known).difference(*unknown)
    only_unknown = set.intersection(*unknown).difference(*known)
    return only_known, only_unknown


def clock(door: Door) -> Clock:
    """Compare the times by their order alone, so that a single late answer does not count.

    A machine or network that is busy makes answers late as well. Names come in an order drawn by lot, so an accident
    favours neither kind; and what one series seems to show, the next one must show again.
    """
    known, unknown = _times(door.known), _times(door.unknown)
    if not known or not unknown:
        return Clock(told=False, enough=False, known=0.0, unknown=0.0, chance=1.0)
    second = [each for each in door.tries if each.look > 1]
    later, chance = _order(known, unknown)
    later_again, chance_again = _order(
        _times(each for each in second if each.who), _times(each for each in second if not each.who)
    )
    told = (
        (chance < CHANCE and chance_again < AGAIN)
        and later * later_again > 0
        and abs(later) >= 2 * APART - 1
        and abs(median(known) - median(unknown)) >= LEAST_SECONDS
    )
    enough = 2 / comb(len(known) + len(unknown), len(known)) < AGAIN
    return Clock(told, enough, median(known), median(unknown), chance)


def _times(tries: Iterable[Named]) -> list[float]:
    return [each.seconds for each in tries]


def _order(known: Sequence[float], unknown: Sequence[float]) -> tuple[float, float]:
    """Whether an account is answered later (1) or sooner (-1) in all pairs, or in more than not; how likely by chance."""
    if not known or not unknown:
        return 0.0, 1.0
    later = sum((a > b) + (a == b) / 2 for a in known for b in unknown)
    return 2 * later / (len(known) * len(unknown)) - 1, chance_of(len(known), len(unknown), later)


def chance_of(first: int, second: int, later: float) -> float:
    """How likely an order as uneven as this is if both are of one kind: Mann-Whitney's test, exact, two-sided.

    Args:
        first: how many there are of the first kind.
        second: how many of the second.
        later: pairs in which the first is the greater, half a pair for equals: 0 to first * second.
    """
    least = int(min(later, first * second - later) + 0.5)  # rounded up: equals count against a difference
    ways = sum(_orders(first, second, count) for count in range(least + 1))
    return min(1.0, 2 * ways / comb(first + second, first))


@cache
def _orders(first: int, second: int, later: int) -> int:
    """In how many orders of so many of each kind the first is the greater in exactly `later` pairs."""
    if later < 0:
        return 0
    if first == 0 or second == 0:
        return int(later == 0)
    return _orders(first - 1, second, later - second) + _orders(first, second - 1, later)


def _one(tries: Sequence[Named], name: str) -> str:
    return str(getattr(tries[0], name)) or "nowhere"


def _whom(only_known: object) -> str:
    return "accounts" if only_known else "others"


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)[:3])


def _quoted(texts: set[tuple[str, int]]) -> str:
    """The longest text, as it is the most telling one."""
    text = max((text for text, _ in texts), key=lambda each: (" " in each, len(each), each))
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "another text" if text.startswith("~") else f"“{shown}”"

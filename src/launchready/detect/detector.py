"""The engine, the views and what is public by design, in one call."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from launchready.detect.engines import Engine, best
from launchready.detect.found import Found, Reading
from launchready.detect.judging import is_anybodys, judged
from launchready.detect.samples import is_documentation
from launchready.detect.seen import Judged
from launchready.detect.views import View, views
from launchready.detect.views.reading import Budget

# What ends a secret in an address, a tag or a log line, and that the engine's rules do not take for an end. In its place
# they are shown a semicolon; what is judged is the text as it stands.
_ENDS = bytes(ord(";") if each in b"&<)]}|" else each for each in range(256))
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _Standing(NamedTuple):
    """What was seen, and where it stands in the text as it was given."""

    seen: Judged
    start: int
    end: int
    view: tuple[str, ...]


class Detector:
    """Finds secrets in bytes. Loading the rules takes half a second, so one serves a whole run; threads may share it."""

    @cached_property
    def _engine(self) -> Engine:
        return best()

    @property
    def engine(self) -> str:
        """The engine's name and version, with "reduced coverage" where it knows only our own rules."""
        return self._engine.name

    def find(self, data: bytes, path: str = "") -> tuple[Found, ...]:
        """Every secret in `data`, in the order of where it stands; `path` helps to tell what kind of text it is."""
        return self.read(data, path).found

    def read(self, data: bytes, path: str = "") -> Reading:
        """As `find`, and what is public by design, and what was not looked at."""
        budget = Budget(len(data))
        standing = [each for view in views(data, budget) for each in self._standing(view, path, budget)]
        standing = [each for each in standing if not _is_explained(each, data)]
        if not standing:
            return Reading(cut=budget.cut)
        kept = _apart(standing)
        public = Counter(each.seen.kind for each in kept if each.seen.public)
        found = tuple(_found(data, [each for each in kept if not each.seen.public]))
        return Reading(_without_ids_of_pairs(found), tuple(sorted(public.items())), budget.cut)

    def _standing(self, view: View, path: str, budget: Budget) -> list[_Standing]:
        """What stands in one view, the surest where several rules saw the same."""
        if not view.names and _is_utf16(view.text):
            return []  # the engine would decode it by itself, and lose the places
        hits, cut = self._engine.hits(view.text.translate(_ENDS), path)
        budget.cut = budget.cut or cut
        seen = [judgement for hit in hits if (judgement := judged(hit, view.text, path))]
        taken = _Taken()
        within = [
            each
            for each in sorted(
                seen, key=lambda one: (-one.rank, not one.public, one.start - one.end, one.start, one.rule)
            )
            if taken.take(each.start, each.end)
        ]
        return [_Standing(each, *view.origin(each.start, each.end), view.names) for each in within]


def _is_explained(each: _Standing, data: bytes) -> bool:
    """Whether documentation shows it; that is told by the text as it was given, as no view has all of it."""
    return not each.seen.public and is_anybodys(each.seen) and is_documentation(data, each.start)


class _Taken:
    """Places that are taken, none of which overlaps another but for those that are the same."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any place has a byte between them."""
        after = bisect_left(self._starts, end)
        return after > 0 and self._ends[after - 1] > start

    def add(self, start: int, end: int) -> None:
        """Take a place, whatever it overlaps."""
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)

    def take(self, start: int, end: int) -> bool:
        """Take a place if it is free."""
        free = not self.overlaps(start, end)
        if free:
            self.add(start, end)
        return free


def _is_utf16(text: bytes) -> bool:
    head = text[:4096]
    return head.startswith(_BYTE_ORDER_MARKS) or head.count(0) * 4 > len(head)


def _apart(standing: list[_Standing]) -> list[_Standing]:
    """One for each place: the surest, then the longest (a value cut short by an escape is no value), then the plainest.

    What one view shows was told apart there: all that is packed into one text stands where that text stands.
    """
    kept: list[_Standing] = []
    taken: dict[tuple[str, ...], _Taken] = {}
    order = sorted(
        standing,
        key=lambda each: (-each.seen.rank, not each.seen.public, each.start - each.end, len(each.view)),
    )
    for each in order:
        others = (places for view, places in taken.items() if view != each.view)
        if not any(places.overlaps(each.start, each.end) for places in others):
            taken.setdefault(each.view, _Taken()).add(each.start, each.end)
            kept.append(each)
    return sorted(kept, key=lambda each: (each.start, each.end, each.seen.kind))


def _found(data: bytes, kept: list[_Standing]) -> Iterator[Found]:
    """The secrets among them, in order, with the lines where they stand."""
    line, counted = 1, 0
    for each in kept:
        line += data.count(b"\n", counted, each.start)
        counted = each.start
        yield Found(
            value=each.seen.value,
            kind=each.seen.kind,
            rule=each.seen.rule,
            start=each.start,
            end=each.end,
            line=line,
            view=", ".join(each.view),
            personal=each.seen.personal,
        )


def _without_ids_of_pairs(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The id of an AWS key says nothing more where its secret was found."""
    if not any(each.kind == "AWS secret access key" for each in found):
        return found
    return tuple(each for each in found if each.kind != "AWS access key id")

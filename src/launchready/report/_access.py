"""Who reaches what, as people read it: marks that no colour is needed for, routes in groups, crossings first."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlsplit

from launchready.report._reading import plural
from launchready.scorecard import AccessAnswer, AccessCrossing, AccessParty, AccessRoute, AccessTable, Report

SHOWN = 30
"""Routes that are shown at once; the rest is folded away, crossings never."""


class Mark(NamedTuple):
    """How an outcome is shown: one character, one word, and what it means."""

    letter: str
    word: str
    meaning: str


MARKS = {
    "crossed": Mark("X", "crossed", "got what is not its own, or is not meant for it"),
    "own": Mark("O", "own", "got what is its own"),
    "shared": Mark("S", "shared", "got what others who are signed in are shown as well"),
    "public": Mark("P", "public", "got what everybody is shown, signed in or not"),
    "cut": Mark("C", "cut", "was answered, with nothing that belongs to others"),
    "refused": Mark("–", "refused", "was turned away, or told that there is no such thing"),
    "unclear": Mark("?", "unclear", "was answered, and it could not be told with whose records"),
    "unasked": Mark("·", "not asked", "was not asked for as this party"),
}
"""In the order of the legend."""


class Line(NamedTuple):
    """One route: its name without the host where that stands in the group's title."""

    label: str
    route: AccessRoute
    crossed: dict[int, int]
    """For columns with a crossing, by their place: its number in `AccessTable.crossings`."""


class Group(NamedTuple):
    """Routes of one host and first part of the path, or such as have no other beside them."""

    title: str
    lines: tuple[Line, ...]

    @property
    def size(self) -> int:
        """How many routes it has."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class View:
    """The table as it is shown.

    Attributes:
        table: what it shows.
        summary: how many routes, parties and crossings, in words.
        crossed: routes with a crossing, apart from all others.
        shown, folded: the rest.
        starts: columns at which another role begins.
    """

    table: AccessTable
    summary: str
    crossed: tuple[Line, ...]
    shown: tuple[Group, ...]
    folded: tuple[Group, ...]
    starts: tuple[int, ...]

    @property
    def legend(self) -> tuple[tuple[str, Mark], ...]:
        """The marks that occur, each with its outcome."""
        there = {answer.outcome for route in self.table.routes for answer in route.answers}
        return tuple((outcome, mark) for outcome, mark in MARKS.items() if outcome in there)


def view(report: Report) -> View | None:
    """How the report's table is shown; None where it has none, or nothing was asked."""
    table = report.access
    if table is None or not table.routes:
        return None
    host = urlsplit(report.portal.url).netloc
    lines = [_line(table, route, host) for route in table.routes]
    rest = _in_groups([line for line in lines if not line.crossed], host)
    return View(
        table=table,
        summary=tally(table),
        crossed=tuple(line for line in lines if line.crossed),
        shown=_groups(rest[:SHOWN]),
        folded=_groups(rest[SHOWN:]),
        starts=_role_starts(table.parties),
    )


def tally(table: AccessTable) -> str:
    """`34 routes x 5 parties: 2 crossings`."""
    count = len(table.crossings)
    none = "no crossing in the little that was tried" if table.untried else "no crossing"
    crossings = plural(count, "crossing") if count else none
    parties = f"{len(table.parties)} {'party' if len(table.parties) == 1 else 'parties'}"
    return f"{plural(len(table.routes), 'route')} × {parties}: {crossings}"


def told(crossing: AccessCrossing) -> str:
    """One crossing as a sentence without its route."""
    asker = "somebody who is not signed in" if crossing.asker == "anonymous" else crossing.asker
    unsure = "" if crossing.certain else " (likely, not certain)"
    return f"{asker} {crossing.how or 'asked for it'}: {crossing.why}{unsure}"


def distinct(table: AccessTable) -> tuple[AccessCrossing, ...]:
    """One crossing for each route and who got it there, a certain one where there is one: for short lists."""
    first: dict[tuple[str, str], AccessCrossing] = {}
    for each in table.crossings:
        there = first.get((each.route, each.asker))
        if there is None or (each.certain and not there.certain):
            first[each.route, each.asker] = each
    return tuple(first.values())


def mark(answer: AccessAnswer) -> Mark:
    """How an answer is shown; a word that is not known is shown as unclear."""
    return MARKS.get(answer.outcome, MARKS["unclear"])


def label(route: str, host: str) -> str:
    """A route's name without scheme and host where the host is this one."""
    method, _, address = route.partition(" ")
    parts = urlsplit(address)
    if parts.netloc != host:
        return route
    return f"{method} {address.partition(parts.netloc)[2] or '/'}"


def _line(table: AccessTable, route: AccessRoute, host: str) -> Line:
    places = {party.name: at for at, party in enumerate(table.parties)}
    crossed = {
        places[each.asker]: number
        for number, each in reversed(list(enumerate(table.crossings, 1)))
        if each.route == route.route and each.asker in places
    }
    return Line(label(route.route, host), route, crossed)


def _in_groups(lines: list[Line], host: str) -> list[tuple[str, Line]]:
    """The lines with the titles of their groups; those that would stand alone are one group, at the end."""
    sizes = Counter(_group(line.route.route) for line in lines)
    titled = []
    for line in lines:
        group = _group(line.route.route)
        alone = sizes[group] == 1
        titled.append(((alone, *group, line.route.kind == "operation"), line))
    titled.sort(key=lambda each: each[0])  # stable: within a group the routes stand as in the report
    return [
        ("other" if alone else _title(netloc, first, host), line)
        for (alone, netloc, first, _), line in titled
    ]


def _groups(titled: list[tuple[str, Line]]) -> tuple[Group, ...]:
    grouped = groupby(titled, key=lambda each: each[0])
    return tuple(Group(title, tuple(line for _, line in found)) for title, found in grouped)


def _title(netloc: str, first: str, host: str) -> str:
    """The group in words: the host only where it is not the portal's."""
    return first if netloc == host else f"{netloc} {first}"


def _group(route: str) -> tuple[str, str]:
    """Host and first part of the path."""
    parts = urlsplit(route.partition(" ")[2])
    return parts.netloc, "/" + parts.path.strip("/").partition("/")[0]


def _role_starts(parties: tuple[AccessParty, ...]) -> tuple[int, ...]:
    return tuple(at for at in range(1, len(parties)) if parties[at].role != parties[at - 1].role)

"""Collects `LogDrill`: sends marked values and signs in while the logs are watched, then looks for all of it in them."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from launchready.collect import disturbing
from launchready.collect.log_search.entries import (
    best,
    is_combined,
    is_refused_sign_in,
    is_request,
    is_sign_in,
    lines_in,
    names_of,
    shows,
)
from launchready.collect.log_search.gaps import unmatched, unread
from launchready.collect.log_search.marks import Finds, needles
from launchready.collect.log_search.sowing import Sowing
from launchready.collect.log_search.watching import Tail, Watch
from launchready.collect.people import People
from launchready.evidence import Missing
from launchready.evidence.logs import Deed, Entry, LogDrill, Written
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.log_files import LogUnreadableError

_FIRST_LINES = 50
"""Lines by which the form of a log is seen."""


@disturbing(4)
async def log_drill(wire: Wire, site: Site, people: People) -> LogDrill:
    """Everything that is done on purpose for the logs, after all else is over: others' lines would stand between."""
    if not site.logs.paths:
        return LogDrill(named=False)
    watch = Watch(wire.logs)
    sowing = Sowing(people)
    await sowing.sign_in()
    await watch.until_quiet()
    signed_in = Watch(wire.logs)
    await sowing.further()
    last = await sowing.last()
    await watch.until_quiet()
    late = _shows_addresses(watch) and not await signed_in.until_seen(last.encode())
    return await asyncio.to_thread(_searched, wire, sowing, watch, dict(signed_in.ends), late=late)


def _shows_addresses(watch: Watch) -> bool:
    """Whether a web server's log in its usual form is among what is written: it shows each address that is asked."""
    with suppress(LogUnreadableError):  # which is told when all of it is read
        return any(
            is_combined(line)
            for tail in watch.tails()
            for line, _ in islice(lines_in(tail.blocks()), _FIRST_LINES)
        )
    return False


def _searched(wire: Wire, sowing: Sowing, watch: Watch, ends: dict[int, int], *, late: bool) -> LogDrill:
    reading = _Reading(sowing, ends)
    gaps = [unmatched(name) for name in wire.logs.unmatched()]
    looked_for = needles(sowing.marks)
    finds = Finds()
    for tail in watch.tails():
        try:
            for hit in looked_for.in_blocks(reading.counted(tail)):
                finds.take(tail.file.log, tail.file.name, hit)
            reading.read(tail)
        except LogUnreadableError as error:
            gaps.append(unread(tail.file.name, error))
    return LogDrill(
        sown=tuple(sowing.sown),
        leaks=finds.leaks(),
        deeds=reading.deeds(),
        written=tuple(reading.written[log] for log in sorted(reading.written)),
        searched=reading.searched,
        late=late,
        gaps=tuple(gaps),
    )


class _Reading:
    """What the lines tell of the sign-ins that were made.

    A line without a name counts only where it was written before anything else was done: up to `ends`, by inode.
    """

    def __init__(self, sowing: Sowing, ends: dict[int, int]) -> None:
        self._sowing = sowing
        self._ends = ends
        self.searched = 0
        self.written: dict[str, Written] = {}
        self._in: list[Entry] = []
        self._refused: list[Entry] = []
        identity = sowing.signed_in.identity if sowing.signed_in is not None else None
        self._own = names_of(identity.username, identity.name) if identity is not None else ()
        self._unknown = names_of(sowing.unknown) if sowing.unknown else ()

    def counted(self, tail: Tail) -> Iterator[bytes]:
        """The blocks of a file, counted."""
        for block in tail.blocks():
            self.searched += len(block)
            yield block

    def read(self, tail: Tail) -> None:
        """Take in what its lines tell."""
        log = tail.file.log
        lines = requests = 0
        end = self._ends.get(tail.file.position()[0], 0)
        for line, at in lines_in(tail.blocks()):
            lines += 1
            if is_request(line):
                requests += 1
            else:
                self._entry(log, line, named_only=tail.start + at >= end)
        known = self.written.get(log, Written(log, 0, 0))
        self.written[log] = Written(log, known.lines + lines, known.requests + requests)

    def _entry(self, log: str, line: str, *, named_only: bool) -> None:
        for names, found, fits in (
            (self._unknown, self._refused, is_refused_sign_in),
            (self._own, self._in, is_sign_in),
        ):
            is_named = any(name in line.lower() for name in names)
            if names and (is_named or (not named_only and fits(line))):
                found.append(Entry(log, shows(line, names)))
                return

    def deeds(self) -> tuple[Deed, ...]:
        """The sign-in that was made, and the one that was refused."""
        found = []
        session = self._sowing.signed_in
        if session is not None:
            found.append(Deed("sign-in", session.identity.name, best(self._in)))
        else:
            found.append(Deed("sign-in", "", why=self._why("sign-in")))
        if self._unknown:
            found.append(Deed("refused sign-in", "nobody", best(self._refused), self._why("login")))
        else:
            found.append(Deed("refused sign-in", "nobody", why=self._why("login")))
        return tuple(found)

    def _why(self, way: str) -> Missing | None:
        return next((each.why for each in self._sowing.sown if each.way.startswith(way) and each.why), None)

"""Collects `LogScan`: what people typed and were given, wherever it stands in the logs that there are."""

import asyncio
from threading import Event

from msgspec.structs import replace

from launchready.collect import disturbing
from launchready.collect.log_search.entries import is_request
from launchready.collect.log_search.reading import Piece, read
from launchready.collect.log_search.rules import Told, find
from launchready.evidence.logs import Leak, LogScan
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.log_files import LogFile

_MOST_KINDS = 200
"""Leaks that are told apart; a log that has more of them is told by these."""
_OURSELVES = b"launchready/"
"""What our own client calls itself."""


@disturbing(5)
async def log_scan(wire: Wire, site: Site) -> LogScan:
    """Read every log from its beginning to its end, after all else: what this run brought into them is read too."""
    if not site.logs.paths:
        return LogScan(named=False)
    stop, scan = Event(), Scan()
    try:
        done, gaps = await asyncio.to_thread(read, wire.logs, [scan], stop)
    finally:
        stop.set()  # a thread cannot be ended from outside, but it looks
    return LogScan(read=done, leaks=scan.leaks(), gaps=gaps)


class Scan:
    """Finds people's secrets in what it is shown."""

    def __init__(self) -> None:
        self._leaks: dict[tuple[str, str, str, str], Leak] = {}

    def take(self, piece: Piece) -> None:
        """As `Reader.take`."""
        known: set[tuple[int, str]] = set()
        for told in find(piece.text):
            line = piece.line(told.at)
            if told.at >= piece.shared and (line, told.value) not in known and not _is_our_own(told, piece):
                known.add((line, told.value))  # a cookie is a header too: once is enough
                self._note(piece.file, told, line)

    def leaks(self) -> tuple[Leak, ...]:
        """What was found, sorted."""
        return tuple(self._leaks[key] for key in sorted(self._leaks))

    def _note(self, file: LogFile, told: Told, line: int) -> None:
        key = file.log, told.kind, told.name, told.view
        known = self._leaks.get(key)
        if known is not None:
            self._leaks[key] = replace(known, count=known.count + 1)
        elif len(self._leaks) < _MOST_KINDS:
            self._leaks[key] = Leak(told.kind, file.log, told.name, told.view, file.name, line)


def _is_our_own(told: Told, piece: Piece) -> bool:
    """Whether it is a token in an address that we asked for, where no user would have put one.

    It says nothing of where the portal puts its tokens; what becomes of ours is the matter of `LogDrill`. A password is
    only ever typed where the portal asks for it.
    """
    if "password" in told.kind:
        return False
    line = piece.line_at(told.at)
    return _OURSELVES in line and is_request(line.decode("utf-8", "replace"))

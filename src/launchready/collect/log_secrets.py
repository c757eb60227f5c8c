"""Collects `LogSecrets`: keys of services that stand in the logs that there are."""

import asyncio
import re
from datetime import UTC, datetime
from threading import Event

from launchready.collect import disturbing
from launchready.collect._gathering import Remember
from launchready.collect._searching import Searching
from launchready.collect.log_search.reading import Piece, read
from launchready.detect import Detector, Found
from launchready.evidence.logs import LogRead, LogSecrets
from launchready.evidence.redact import Redactor
from launchready.evidence.secrets import Gap, Place, Search
from launchready.site import Site
from launchready.wire import Wire

_PEOPLES = re.compile(r"password|token|session|cookie", re.IGNORECASE)
_ISO = re.compile(rb"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?")
_COMMON = re.compile(rb"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")


@disturbing(5)
async def log_secrets(wire: Wire, site: Site) -> LogSecrets:
    """Read every log from its beginning to its end, after all else: what this run brought into them is read too."""
    if not site.logs.paths:
        return LogSecrets(Search(""), named=False)
    stop, keys = Event(), Keys(wire.detector, wire.redact, wire.key_providers.remember)
    try:
        done, gaps = await asyncio.to_thread(read, wire.logs, [keys], stop)
    finally:
        stop.set()  # a thread cannot be ended from outside, but it looks
    return LogSecrets(keys.search(done, gaps))


class Keys:
    """Finds keys of services in what it is shown."""

    def __init__(
        self, detector: Detector, redact: Redactor, remember: Remember = lambda _kind, _value: None
    ) -> None:
        self._searching = Searching(detector, redact, remember)

    def take(self, piece: Piece) -> None:
        """As `Reader.take`."""
        for _, found in self._searching.found(piece.text, piece.file.log):
            for each in found:
                if is_the_operators(each) and each.end > piece.shared:
                    at = _written_at(piece.line_at(each.start))
                    place = Place("log", piece.file.log, piece.line(each.start), each.view, at=at)
                    self._searching.gathering.add(each, place)

    def search(self, done: tuple[LogRead, ...], gaps: tuple[Gap, ...]) -> Search:
        """All of it as evidence."""
        for gap in gaps:
            self._searching.gap(gap.where, gap.why.detail, gap.why.settle_by, gap.why.cause)
        lines, size = sum(each.lines for each in done), sum(each.bytes for each in done)
        return self._searching.search((("files", len(done)), ("lines", lines), ("bytes", size)))


def is_the_operators(found: Found) -> bool:
    """Whether it opens a service for the portal; what a person typed or was given is the matter of `LogScan`."""
    return not found.personal and not (found.generic and _PEOPLES.search(found.kind))


def _written_at(line: bytes) -> str:
    """When the line was written, as it says itself, in UTC; empty where it does not."""
    line = line[:400]
    try:
        if common := _COMMON.search(line):
            moment = datetime.strptime(common[1].decode(), "%d/%b/%Y:%H:%M:%S %z")
        elif iso := _ISO.search(line):
            zone = (iso[3] or b"Z").replace(b"Z", b"+00:00")
            moment = datetime.fromisoformat(b"".join((iso[1], b"T", iso[2], zone)).decode())
        else:
            return ""
    except ValueError:
        return ""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

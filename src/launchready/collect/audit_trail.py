"""Collects `AuditTrail`: the records that test identities made, and the lines of the logs that tell of them."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launchready.collect import disturbing
from launchready.collect.log_search.entries import SIGNING_IN, best, is_request, lines_in, names_of, shows
from launchready.collect.log_search.gaps import unmatched, unread
from launchready.collect.log_search.watching import Watch
from launchready.evidence import Missing
from launchready.evidence.access import Canary, Writes
from launchready.evidence.logs import AuditTrail, Deed, Entry, LogStart, Written
from launchready.evidence.secrets import Gap
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.log_files import LogUnreadableError

_MOST_ACTIONS = 8
_NOTHING_MADE = Missing(
    Cause.NOT_COLLECTED,
    "no test identity made a record in this run",
    "give the portal file test identities (test = true) that may make records, and run the audit with --active",
)


@disturbing(5)
async def audit_trail(wire: Wire, site: Site, log_start: LogStart, writes: Writes | Missing) -> AuditTrail:
    """Look for what was made on purpose, after all of it has been written down."""
    if not site.logs.paths:
        return AuditTrail(named=False)
    if isinstance(writes, Missing):
        return AuditTrail(actions=(Deed("change", "", why=writes),))
    made = _made(writes)
    if not made:
        why = next((why for what, why in writes.unlooked if not what), _NOTHING_MADE)
        return AuditTrail(actions=(Deed("change", "", why=why),))
    watch = Watch(wire.logs, log_start.ends)
    await watch.until_quiet()
    usernames = {each.name: each.username for each in site.identities}
    sought = [
        _Sought(each.operation, each.made_by, names_of(each.made_by, usernames[each.made_by]))
        for each in made
    ]
    return await asyncio.to_thread(_found, wire, watch, sought)


def _made(writes: Writes) -> list[Canary]:
    """Records that were made, one of each operation."""
    by_operation: dict[str, Canary] = {}
    for each in writes.canaries:
        by_operation.setdefault(each.operation, each)
    return [by_operation[name] for name in sorted(by_operation)][:_MOST_ACTIONS]


@dataclass(slots=True)
class _Sought:
    """One thing that was done, and what was found of it."""

    operation: str
    who: str
    names: tuple[str, ...]
    told: list[Entry] = field(default_factory=list)
    """Lines that name the kind of thing."""
    named: list[Entry] = field(default_factory=list)
    """Lines that name who did it, and not what."""

    def take(self, log: str, line: str) -> None:
        """Take in a line that tells of no request."""
        shown = shows(line, self.names, nouns(self.operation))
        is_named = any(name in line.lower() for name in self.names)
        if "object" in shown and (is_named or not SIGNING_IN.search(line)):
            self.told.append(Entry(log, shown))
        elif is_named and not SIGNING_IN.search(line):
            self.named.append(Entry(log, shown))

    def deed(self) -> Deed:
        """All of it as evidence."""
        return Deed(self.operation, self.who, best(self.told) or best(self.named))


def nouns(operation: str) -> tuple[str, ...]:
    """What kind of thing an operation makes, as lines of a log may call it: "ticket" of "POST …/api/v1/tickets"."""
    path = urlsplit(operation.partition(" ")[2]).path
    segments = [each for each in path.split("/") if each.isalpha() or "-" in each or "_" in each]
    words = [each for each in segments if each not in ("api", "new", "create", "add", "admin")]
    found: dict[str, None] = {}
    for word in re.split(r"[-_]", words[-1].lower()) if words else ():
        stem = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
        if len(stem) >= 3:
            found[stem] = None
    return tuple(found)


def _found(wire: Wire, watch: Watch, sought: list[_Sought]) -> AuditTrail:
    gaps: list[Gap] = [unmatched(name) for name in wire.logs.unmatched()]
    written: dict[str, Written] = {}
    tells_people = False
    everybody = {name for each in sought for name in each.names}
    for tail in watch.tails():
        log = tail.file.log
        known = written.get(log, Written(log, 0, 0))
        lines = requests = 0
        try:
            for line, _ in lines_in(tail.blocks()):
                lines += 1
                if is_request(line):
                    requests += 1
                    continue
                tells_people = tells_people or _names(line, everybody)
                for each in sought:
                    each.take(log, line)
        except LogUnreadableError as error:
            gaps.append(unread(tail.file.name, error))
        written[log] = Written(log, known.lines + lines, known.requests + requests)
    return AuditTrail(
        actions=tuple(each.deed() for each in sought),
        tells_people=tells_people,
        written=tuple(written[log] for log in sorted(written)),
        gaps=tuple(gaps),
    )


def _names(line: str, names: Iterable[str]) -> bool:
    return any(name in line.lower() for name in names)

"""What the checks of this row say alike: which logs were looked at, which could not be, and how a leak is named."""

from collections.abc import Iterable

from launchready.evidence.logs import Deed, Leak, LogRead, Written
from launchready.evidence.secrets import Gap
from launchready.verdict import Cause, Doubt, Finding, Seen

_SHOWN = 4
"""Names and encodings that a finding lists."""

NO_LOGS = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "the portal file names no logs",
    "name the logs of the portal in [logs] paths, as they are or as a copy",
)
LATE = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "the web server's log does not hold the last request yet, so that lines of this time may still be missing",
    "let it write without a buffer while the audit runs, or name the log that this host writes to",
)
SILENT = Doubt(
    "",
    Cause.AMBIGUOUS,
    "no line was written to any of the logs in this time: they are not this portal's, or are written later",
    "name logs in [logs] paths that the running portal writes to, then run the audit again",
)


def findings(leaks: Iterable[Leak], beginning: str) -> list[Finding]:
    """One finding for each kind in each log: its subject is the same in every run, whatever the way or the name.

    Args:
        leaks: what was found.
        beginning: what stands in front of the names: "called", "sent by".
    """
    alike: dict[str, list[Leak]] = {}
    for leak in leaks:
        alike.setdefault(f"{leak.log}: {leak.kind}", []).append(leak)
    return [Finding(subject, _detail(each, beginning)) for subject, each in alike.items()]


def _detail(leaks: list[Leak], beginning: str) -> str:
    names = _some(leak.field for leak in leaks)
    views = _some(leak.view for leak in leaks)
    count = sum(leak.count for leak in leaks)
    first = min(leaks, key=lambda leak: (leak.file != leak.log, leak.file, leak.line))
    told = "stands there" + (f" {count:,} times" if count > 1 else "")
    told += f", {beginning} {names}" if names else ""
    told += f", readable as {views}" if views else ""
    return f"{told}; the first is in line {first.line} of {first.file}"


def _some(names: Iterable[str]) -> str:
    """The first few of them, each once."""
    known = list(dict.fromkeys(name for name in names if name))
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more


def doubts_of(gaps: Iterable[Gap]) -> list[Doubt]:
    """What could not be read."""
    return [gap.why.doubt(gap.where) for gap in gaps]


def read(logs: Iterable[LogRead]) -> list[Seen]:
    """What was read."""
    return [Seen(each.name, f"{each.lines:,} lines were searched") for each in logs if each.lines]


def watched(logs: Iterable[Written]) -> list[Seen]:
    """What was written while the logs were watched."""
    return [Seen(each.log, f"{each.lines:,} lines were written while it was watched") for each in logs]


def tells_deeds(logs: Iterable[Written]) -> bool:
    """Whether any log got lines that tell of more than requests: the application's own."""
    return any(each.lines > each.requests for each in logs)


ONLY_REQUESTS = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "the logs got lines about requests only, so the application's own log is not among them",
    "name the log that the application itself writes in [logs] paths too",
)


def shown(deed: Deed) -> Seen:
    """A deed, and the line that tells most of it."""
    entry = deed.entries[0]
    return Seen(entry.log, f"tells of the {deed.what} of {deed.who}: {', '.join(entry.shows)}")

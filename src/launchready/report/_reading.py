"""What every rendering reads out of a report alike: words for verdicts, order of risks, what comes first."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from launchready.scorecard import FindingItem, Report, Result, RowResult

RISKS = ("critical", "high", "medium", "low")
VERDICTS = ("fail", "unknown", "pass", "not-applicable")
WORDS = {"pass": "pass", "fail": "fail", "unknown": "unknown", "not-applicable": "not applicable"}
MEANINGS = {
    "pass": "everything that was looked at is as it should be",
    "fail": "something is wrong, and it is named",
    "unknown": "not all of it could be looked at, so it counts as neither good nor bad",
    "not-applicable": "the question does not arise for this portal",
}
LAUNCH = {"ready": "Ready", "not-ready": "Not ready", "not-proven": "Not proven"}
_UNSEEN = ("Cc", "Cf", "Cs", "Co")
MAX_TEXT = 2_000
"""Characters of one text that may come from the portal; a finding that needs more is read in its evidence."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """One failing check as the first thing to do: its gravest open finding, and how many more there are."""

    result: Result
    finding: FindingItem
    more: int


def printable(text: str) -> str:
    """The text without what could steer a terminal or a reader: control characters, direction overrides."""
    cut = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    return "".join(c if c == "\n" or unicodedata.category(c) not in _UNSEEN else "\ufffd" for c in cut)


def one_line(text: str, limit: int = MAX_TEXT) -> str:
    """The same, with all white space as single blanks, no longer than the limit."""
    line = " ".join(text.split())
    return printable(line if len(line) <= limit else line[: limit - 1] + "…")


def open_findings(result: Result) -> tuple[FindingItem, ...]:
    """The findings that nobody has accepted."""
    return tuple(finding for finding in result.findings if finding.waived is None)


def urgent(report: Report, count: int = 3) -> tuple[Urgent, ...]:
    """The failing checks with open findings, highest risk first, in scorecard order within a risk."""
    failing = [(result, found) for result in report.results if (found := open_findings(result))]
    failing.sort(key=lambda each: RISKS.index(each[0].risk))
    return tuple(Urgent(result, found[0], len(found) - 1) for result, found in failing[:count])


def first_step(text: str) -> str:
    """The first sentence of a fix."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])|\n", text.strip(), maxsplit=1)[0]


def unanswered(report: Report) -> tuple[tuple[tuple[Result, ...], str, str], ...]:
    """The unknown checks, those with the same reason together: (checks, what is unknown, what settles it)."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in report.results:
        if result.verdict == "unknown":
            groups.setdefault((result.summary, result.settle_by.rstrip(".")), []).append(result)
    return tuple((tuple(results), summary, settle_by) for (summary, settle_by), results in groups.items())


def results_of(report: Report, row: RowResult) -> tuple[Result, ...]:
    """A row's results, worst first, then as they stand."""
    mine = [result for result in report.results if result.row == row.row]
    return tuple(sorted(mine, key=lambda r: (VERDICTS.index(r.verdict), RISKS.index(r.risk))))


def standing(row: RowResult, results: Iterable[Result]) -> str:
    """How many of each verdict, and what no check looks at: `1 pass; not looked at yet: who has access`."""
    words = [result.verdict for result in results]
    parts = [f"{words.count(v)} {WORDS[v]}" for v in VERDICTS if v in words]
    beyond = f"; not looked at yet: {row.beyond}" if row.beyond else ""
    return (", ".join(parts) or "no checks yet") + beyond


def plural(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def launch_reason(report: Report) -> str:
    """One sentence on why the verdict is what it is."""
    by_risk = dict.fromkeys(RISKS, 0)
    for result in report.results:
        by_risk[result.risk] += len(open_findings(result))
    if report.verdict == "not-ready":
        grave = [
            plural(by_risk[risk], f"open {risk} finding") for risk in ("critical", "high") if by_risk[risk]
        ]
        rows = [row.title for row in report.rows if row.gate and row.verdict == "fail"]
        fails = "rows that must hold fail" if len(rows) > 1 else "a row that must hold fails"
        failing = f"{fails}: {', '.join(rows)}" if rows else ""
        return _sentence("; ".join(filter(None, (*grave, failing))) or fails)
    if report.verdict == "not-proven":
        rows = [row.title for row in report.rows if row.gate and row.verdict == "unknown"]
        which = f": {', '.join(rows)}" if rows else ""
        return f"Nothing seen holds back the launch, but not all that must hold could be looked at{which}."
    rest = by_risk["medium"] + by_risk["low"]
    left = f" {plural(rest, 'finding')} of medium or low risk can wait." if rest else ""
    return f"All that must hold was looked at and holds; no critical or high finding is open.{left}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def moment(stamp: str) -> str:
    """A UTC time stamp as people read it."""
    return f"{stamp[:10]} {stamp[11:16]} UTC" if len(stamp) >= 16 else stamp


def shown(count: int) -> tuple[int, int]:
    """How many of a long list are shown at once, and how many are folded away."""
    return (count, 0) if count <= 12 else (10, count - 10)

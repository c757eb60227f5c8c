"""Two reports of one portal compared: what is new, what is fixed, what is still open, which verdicts changed.

A finding that is gone counts as fixed only where the new run looked: where it could not tell, the finding
is *not proven fixed* and stays on the list.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from rich.console import Console
from rich.text import Text

from launchready.report._reading import LAUNCH, RISKS, WORDS, moment, one_line, plural
from launchready.report._setting import Setting
from launchready.report.terminal import STYLES, canvas, finished, heading, indented
from launchready.scorecard import FindingItem, Part, Report, Result

SCHEMA = "launchready/diff/1"
_SHOWN = 5
_SHORT = 300


class Moved(Part, frozen=True):
    """One finding that came, went or stayed."""

    check: str
    risk: str
    id: str
    subject: str
    detail: str
    accepted: bool


class Change(Part, frozen=True):
    """A changed verdict of the launch (`what` is empty), a row or a check; empty where there was none."""

    what: str
    old: str
    new: str


class Diff(Part, frozen=True):
    """All that differs between two reports. Findings stand highest risk first."""

    schema: str
    portal: str
    old_run: str
    new_run: str
    old_finished: str
    new_finished: str
    launch: Change
    rows: tuple[Change, ...]
    checks: tuple[Change, ...]
    new: tuple[Moved, ...]
    fixed: tuple[Moved, ...]
    unproven: tuple[Moved, ...]
    still_open: tuple[Moved, ...]


def compare(old: Report, new: Report) -> Diff:
    """Compare an earlier report with a later one."""
    before, after = dict(_findings(old)), dict(_findings(new))
    results = {result.check: result for result in new.results}
    gone = [moved for key, moved in before.items() if key not in after]
    unproven = [moved for moved in gone if not _looked_again(results.get(moved.check), moved.subject)]
    return Diff(
        schema=SCHEMA,
        portal=new.portal.url,
        old_run=old.run.id,
        new_run=new.run.id,
        old_finished=old.run.finished,
        new_finished=new.run.finished,
        launch=Change("", old.verdict, new.verdict),
        rows=_changes({r.row: r.verdict for r in old.rows}, {r.row: r.verdict for r in new.rows}),
        checks=_changes({r.check: r.verdict for r in old.results}, {r.check: r.verdict for r in new.results}),
        new=_by_risk(moved for key, moved in after.items() if key not in before),
        fixed=_by_risk(moved for moved in gone if moved not in unproven),
        unproven=_by_risk(unproven),
        still_open=_by_risk(moved for key, moved in after.items() if key in before),
    )


def to_json(diff: Diff) -> bytes:
    """The comparison as JSON, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(diff), indent=2) + b"\n"


def to_terminal(diff: Diff, setting: Setting) -> bytes:
    """The comparison as text for a terminal."""
    console, written = canvas(setting)
    console.print(Text(one_line(diff.portal), style="bold"))
    console.print(f"{moment(diff.old_finished)} compared with {moment(diff.new_finished)}")
    console.print()
    old, new = diff.launch.old, diff.launch.new
    verdict = Text(LAUNCH[new].upper(), style=STYLES[new])
    console.print(verdict + Text(f" (was: {LAUNCH[old].lower()})" if old != new else " (as before)"))
    for title, moved in (
        ("NEW", diff.new),
        ("FIXED", diff.fixed),
        ("NOT PROVEN FIXED: gone from the report, but the new run could not tell", diff.unproven),
        ("STILL OPEN", diff.still_open),
    ):
        if moved:
            heading(console, f"{title}: {plural(len(moved), 'finding')}" if ":" not in title else title)
        _list(console, moved)
    changes = (*diff.rows, *diff.checks)
    if changes:
        heading(console, "VERDICTS THAT CHANGED")
    for change in changes:
        indented(console, f"{change.what}: {_word(change.old)} -> {_word(change.new)}")
    if not changes and not diff.new and not diff.fixed and not diff.unproven:
        console.print()
        console.print("Nothing changed.")
    return finished(written, setting)


def _list(console: Console, moved: tuple[Moved, ...]) -> None:
    """Findings under their checks, the first few of each."""
    for (risk, check), group in groupby(moved, key=lambda each: (each.risk, each.check)):
        findings = list(group)
        indented(console, Text.assemble((risk, STYLES[risk]), f"  {check}"))
        for each in findings[:_SHOWN]:
            accepted = " [accepted risk]" if each.accepted else ""
            where = one_line(f"{each.subject}: {each.detail}".removeprefix(": "), _SHORT)
            indented(console, f"{where}{accepted}", 4)
        if len(findings) > _SHOWN:
            indented(console, f"and {len(findings) - _SHOWN:,} more", 4)


def _findings(report: Report) -> Iterator[tuple[str, Moved]]:
    for result in report.results:
        for finding in result.findings:
            yield finding.id, _moved(result, finding)


def _moved(result: Result, finding: FindingItem) -> Moved:
    accepted = finding.waived is not None
    return Moved(result.check, result.risk, finding.id, finding.subject, finding.detail, accepted)


def _looked_again(result: Result | None, subject: str) -> bool:
    """Whether the new run could tell about this subject: the check was run, and no doubt covers it."""
    if result is None:
        return False
    return not any(_covers(doubt.subject, subject) for doubt in result.doubts)


def _covers(doubt: str, subject: str) -> bool:
    """Whether what could not be told may hide this subject.

    What is said of no place, as of an identity or of "what others are offered", may hide any place.
    """
    return subject.startswith(doubt) or (_is_place(subject) and not _is_place(doubt))


def _is_place(subject: str) -> bool:
    """Whether it is a host, an address or a route, not words or somebody's name."""
    return any(mark in subject for mark in ".:/")


def _changes(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    names = dict.fromkeys((*new, *old))
    pairs = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


def _by_risk(moved: Iterable[Moved]) -> tuple[Moved, ...]:
    return tuple(sorted(moved, key=lambda each: (RISKS.index(each.risk), each.check, each.subject)))


def _word(verdict: str) -> str:
    return WORDS.get(verdict, "not there")

"""From evidence to the report: pure, so that it can be repeated anywhere and come out the same, byte for byte."""

import hashlib
from collections.abc import Iterable

from launchready import __version__
from launchready.access_table import access_table
from launchready.check import Check, needs
from launchready.checks import FoundRow
from launchready.evidence import Fact, Missing
from launchready.evidence.browser import BrowserLook
from launchready.evidence.redact import subject
from launchready.evidence.said import Declared, Run, Waiver
from launchready.evidence.sessions import NoSession, Sessions
from launchready.scorecard import (
    SCHEMA,
    DoubtItem,
    FindingItem,
    FixItem,
    Portal,
    RedFlag,
    References,
    Report,
    Result,
    RowResult,
    RunInfo,
    SeenItem,
    Tool,
    WaivedItem,
)
from launchready.secret_table import secret_table
from launchready.verdict import (
    Cause,
    Doubt,
    Fail,
    Finding,
    LaunchVerdict,
    NotApplicable,
    Pass,
    RowVerdict,
    Unknown,
    Verdict,
    roll_up,
    word,
)

OPEN_RISKS = ("critical", "high")
"""An open finding of these risks holds back the launch, whatever its row."""


def finding_id(check: str, subject: str) -> str:
    """The same check and the same subject give the same id, in every run and on every machine."""
    return hashlib.sha256(f"{check}\n{subject}".encode()).hexdigest()[:16]


def judge(facts: dict[type, Fact | Missing], rows: Iterable[FoundRow], checks: Iterable[Check]) -> Report:
    """Judge a run's evidence. `facts` must hold Run and Declared."""
    run, declared = facts[Run], facts[Declared]
    assert isinstance(run, Run)
    assert isinstance(declared, Declared)
    checks = tuple(checks)
    results = tuple(
        _result(check, _answer(check, facts, run), declared.waivers, run, _pictures(check, facts))
        for check in checks
    )
    by_row = {row.name: [r for r in results if r.row == row.name] for row in rows}
    return Report(
        schema=SCHEMA,
        tool=Tool("launchready", __version__),
        portal=Portal(declared.name, declared.url),
        run=RunInfo(run.id, run.started, run.finished, run.scope, run.touch, run.interrupted),
        verdict=_launch(rows, by_row, results),
        rows=tuple(
            RowResult(
                row.name,
                row.title,
                _rolled(by_row[row.name], row.row.beyond),
                bool(row.row.gates),
                row.criterion,
                row.row.beyond,
            )
            for row in rows
        ),
        results=results,
        red_flags=tuple(
            RedFlag(check.id, check.red_flag)
            for check, result in zip(checks, results, strict=True)
            if check.red_flag and result.verdict == RowVerdict.FAIL
        ),
        access=access_table(facts, results),
        secrets=secret_table(facts),
    )


def _answer(check: Check, facts: dict[type, Fact | Missing], run: Run) -> Verdict:
    if run.checks and check.id not in run.checks:
        doubt = Doubt(
            "",
            Cause.NOT_COLLECTED,
            "this run was asked to leave it out",
            "run the audit without --row or --check",
        )
        return Unknown((doubt,))
    return check.answer(facts)


def _rolled(results: Iterable[Result], beyond: str) -> str:
    """A row that is looked at in part only may fail, but not pass."""
    words = [RowVerdict(result.verdict) for result in results]
    return roll_up([*words, RowVerdict.UNKNOWN] if beyond else words)


def _launch(rows: Iterable[FoundRow], by_row: dict[str, list[Result]], results: Iterable[Result]) -> str:
    """Not ready if a gate fails or a critical or high finding is open; not proven if a gate is unknown; else ready."""
    gates = []
    for row in rows:
        if row.row.gates:
            gating = [r for r in by_row[row.name] if row.row.gated_by(r.check)]
            complete = row.row.gates == "all" or len(gating) == len(row.row.gates)
            gates.append(roll_up(map(_unwaived, gating)) if complete else RowVerdict.UNKNOWN)
    grave = any(r.risk in OPEN_RISKS and any(f.waived is None for f in r.findings) for r in results)
    if RowVerdict.FAIL in gates or grave:
        return LaunchVerdict.NOT_READY
    if RowVerdict.UNKNOWN in gates:
        return LaunchVerdict.NOT_PROVEN
    return LaunchVerdict.READY


def _unwaived(result: Result) -> RowVerdict:
    """How a check counts for the launch: where every finding is an accepted risk, what is left is what is unknown."""
    if result.findings and all(finding.waived for finding in result.findings):
        return RowVerdict.UNKNOWN if result.doubts else RowVerdict.PASS
    return RowVerdict(result.verdict)


def _pictures(check: Check, facts: dict[type, Fact | Missing]) -> dict[str, str]:
    """Attachments that show what this check judges by, by the subject that they show."""
    taken: dict[str, str] = {}
    for need in needs(check.judge).values():
        match facts.get(need.fact):
            case BrowserLook(pages=pages):
                taken |= {subject(page.url): page.screenshot for page in pages if page.screenshot}
            case Sessions(people=people):
                failed = (each for each in people if isinstance(each, NoSession))
                taken |= {each.identity: each.screenshot for each in failed if each.screenshot}
    return taken


def _screenshots(taken: dict[str, str], told: Iterable[Finding | Doubt]) -> tuple[str, ...]:
    """Pictures of what findings and doubts name; one of what was looked at where there is none of that."""
    named = [taken[each.subject] for each in told if each.subject in taken]
    return tuple(dict.fromkeys(named or list(taken.values())[:1]))


def _result(
    check: Check, verdict: Verdict, waivers: Iterable[Waiver], run: Run, pictures: dict[str, str]
) -> Result:
    doubts = verdict.doubts if isinstance(verdict, Unknown | Fail) else ()
    first = doubts[0] if isinstance(verdict, Unknown) else None
    findings = verdict.findings if isinstance(verdict, Fail) else ()
    return Result(
        check=check.id,
        row=check.row,
        verdict=word(verdict),
        risk=check.risk,
        asks=check.asks,
        why=check.why,
        summary=_summary(verdict),
        seen=()
        if isinstance(verdict, NotApplicable)
        else tuple(SeenItem(s.subject, s.detail) for s in verdict.seen),
        cause=first.cause if first else "",
        settle_by=first.settle_by if first else "",
        doubts=tuple(DoubtItem(d.subject, d.cause, d.detail, d.settle_by) for d in doubts),
        findings=tuple(
            FindingItem(
                finding_id(check.id, f.subject),
                f.subject,
                f.detail,
                _waived(check.id, f.subject, waivers, run),
            )
            for f in findings
        ),
        fix=FixItem(check.fix.owner, check.fix.engineer, check.fix.undo, check.fix.verify),
        references=References(check.wstg, check.asvs, check.cwe, check.owasp_api),
        screenshots=_screenshots(pictures, (*findings, *doubts)),
    )


def _summary(verdict: Verdict) -> str:
    """One line for a list."""
    match verdict:
        case Pass(seen):
            return (
                f"{_counted(len(seen), 'observation')}, all as they should be"
                if len(seen) > 1
                else (f"{seen[0].subject}: {seen[0].detail}".removeprefix(": "))
            )
        case Fail(findings):
            rest = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
            return f"{findings[0].subject}: {findings[0].detail}".removeprefix(": ") + rest
        case Unknown(doubts):
            rest = f" (and {len(doubts) - 1} more)" if len(doubts) > 1 else ""
            return f"{doubts[0].subject}: {doubts[0].detail}".removeprefix(": ") + rest
        case NotApplicable(reason):
            return reason


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _waived(check: str, subject: str, waivers: Iterable[Waiver], run: Run) -> WaivedItem | None:
    """The waiver in force when the run started, if there is one; it stands beside the finding and never hides it."""
    for waiver in waivers:
        if waiver.check == check and waiver.subject in (subject, "*") and run.started[:10] <= waiver.until:
            return WaivedItem(waiver.owner, waiver.reason, waiver.until)
    return None

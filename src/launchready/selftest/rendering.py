"""The answer for a terminal, as one HTML page, and as JSON; decides nothing."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from launchready import __version__
from launchready.errors import UsageError
from launchready.evidence import Missing
from launchready.evidence.said import Declared, Run
from launchready.evidence.selftest import SelfTest, SelfTestStep
from launchready.report import Setting
from launchready.selftest.judging import Answered, answers, overall
from launchready.verdict import Fail, NotApplicable, RowVerdict, Unknown, word

FORMATS = ("terminal", "html", "json")
SCHEMA = "launchready/selftest/1"
_SHORT = 240
_SHOWN = 6
_WORDS = {"yes": "pass", "no": "fail", "not proven": "unknown"}
_LAUNCH = {"yes": "ready", "no": "not-ready", "not proven": "not-proven"}
_SAYS = {RowVerdict.PASS: "yes", RowVerdict.FAIL: "no", RowVerdict.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class SelfTested:
    """One self-test that ran.

    Attributes:
        declared: the portal in its owner's words.
        run: when it ran and how far it could go.
        test: what was met.
        folder: its run folder.
    """

    declared: Declared
    run: Run
    test: SelfTest
    folder: Path

    @cached_property
    def answered(self) -> tuple[Answered, ...]:
        """Each question with its answer."""
        return answers(self.test)

    @cached_property
    def answer(self) -> str:
        """Yes, no or not proven."""
        return overall(self.answered)

    @property
    def reason(self) -> str:
        """One sentence on why the answer is what it is."""
        by = {
            verdict: ", ".join(each.topic for each in self.answered if word(each.verdict) is verdict)
            for verdict in RowVerdict
        }
        if by[RowVerdict.FAIL]:
            return f"Not in order: {by[RowVerdict.FAIL]}."
        if by[RowVerdict.UNKNOWN]:
            good = "All that could be looked at is in order. " if by[RowVerdict.PASS] else ""
            return f"{good}Not answered yet: {by[RowVerdict.UNKNOWN]}."
        return "A new member of staff can sign in and work, and meets nothing that should not be there."


def render(done: SelfTested, form: str, *, color: bool = False) -> bytes:
    """The self-test in one of FORMATS; `color` says whether it goes to a terminal on stdout."""
    match form:
        case "json":
            return _json(done)
        case "html":
            return _html(done)
        case "terminal":
            return _terminal(done, color=color)
    raise UsageError(f"there is no format {form!r} of a self-test; there are {', '.join(FORMATS)}")


def details(each: Answered) -> tuple[tuple[str, str, str], ...]:
    """What stands behind an answer, as (kind, where, what): findings first, then doubts, then what was seen."""
    verdict = each.verdict
    if isinstance(verdict, NotApplicable):
        return (("seen", "", verdict.reason),)
    found = [("finding", f.subject, f.detail) for f in verdict.findings] if isinstance(verdict, Fail) else []
    if isinstance(verdict, Fail | Unknown):
        found += [("doubt", d.subject, f"{d.detail}. To settle it: {d.settle_by}") for d in verdict.doubts]
    return tuple(found) or tuple(("seen", s.subject, s.detail) for s in verdict.seen)


def _json(done: SelfTested) -> bytes:
    report = {
        "schema": SCHEMA,
        "tool": {"name": "launchready", "version": __version__},
        "portal": {"name": done.declared.name, "url": done.declared.url},
        "run": {
            "id": done.run.id,
            "started": done.run.started,
            "finished": done.run.finished,
            "interrupted": done.run.interrupted,
        },
        "identity": done.test.identity,
        "role": done.test.role,
        "answer": done.answer,
        "questions": [
            {
                "topic": each.topic,
                "asks": each.asks,
                "answer": _SAYS[word(each.verdict)],
                "details": [{"kind": k, "where": w, "what": t} for k, w, t in details(each)],
            }
            for each in done.answered
        ],
        "steps": [
            {
                "says": step.says,
                "part": step.part,
                "url": step.url,
                "status": step.status,
                "done": step.done,
                "screenshot": step.screenshot,
            }
            for step in done.test.steps
        ],
        "left_out": [{"reason": reason, "count": count} for reason, count in done.test.left_out],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def _html(done: SelfTested) -> bytes:
    from launchready.report.html import page  # noqa: PLC0415 -- a terminal does not wait for a template engine

    return page(
        "selftest.html.j2",
        done.folder / "attachments",
        style="selftest.css",
        done=done,
        test=done.test,
        launch=_LAUNCH[done.answer],
        questions=[
            (each.asks, word(each.verdict), _SAYS[word(each.verdict)], details(each))
            for each in done.answered
        ],
        parts=_parts(done.test),
        state=_state,
        place=lambda step: _place(step.url, done.declared.url),
        browser="" if isinstance(done.test.browser, Missing) else done.test.browser,
        version=__version__,
    )


def _parts(test: SelfTest) -> Iterable[tuple[str, list[tuple[int, SelfTestStep]]]]:
    """Steps with their numbers, those of one part together."""
    parts: dict[str, list[tuple[int, SelfTestStep]]] = {}
    for number, step in enumerate(test.steps, 1):
        parts.setdefault(step.part, []).append((number, step))
    titles = {"sign-in": "Signing in", "navigation": "The main navigation"}
    return [(titles.get(part, f"Flow: {part}"), steps) for part, steps in parts.items()]


def _place(url: str, portal: str) -> str:
    """An address as short as it can be: on the portal's own host, the path alone."""
    parts = urlsplit(url)
    return urlunsplit(("", "", *parts[2:])) or "/" if parts.netloc == urlsplit(portal).netloc else url


def _state(step: SelfTestStep) -> str:
    """How a step came out, as one of the report's words for verdicts."""
    if step.unknown is not None:
        return "unknown"
    bad = step.why or step.errors or step.console or step.bad or step.failed or step.mixed
    return "fail" if bad or step.status >= 400 else "pass"


def _terminal(done: SelfTested, *, color: bool) -> bytes:
    from rich.text import Text  # noqa: PLC0415 -- not for the other forms

    from launchready.report import terminal  # noqa: PLC0415
    from launchready.report._reading import moment, one_line  # noqa: PLC0415

    setting = Setting.of_stream(sys.stdout, os.environ) if color else Setting()
    console, written = terminal.canvas(setting)
    test = done.test
    console.print(
        Text.assemble((one_line(done.declared.name, 120), "bold"), "  ", one_line(done.declared.url, 120))
    )
    role = f" ({one_line(test.role, 60)})" if test.role else ""
    cut = "; the run was interrupted" if done.run.interrupted else ""
    console.print(f"self-test as {one_line(test.identity, 60)}{role}, {moment(done.run.started)}{cut}")
    console.print()
    console.print(Text(done.answer.upper(), style=terminal.STYLES[_LAUNCH[done.answer]]))
    terminal.indented(console, one_line(done.reason))
    terminal.heading(console, "QUESTIONS")
    for each in done.answered:
        verdict = word(each.verdict)
        shown = Text.assemble((f"{_SAYS[verdict].upper():8}", terminal.STYLES[verdict]), each.asks)
        terminal.indented(console, shown)
        found = details(each)
        if verdict is RowVerdict.PASS:
            continue
        for _, where, what in found[:_SHOWN]:
            terminal.indented(console, one_line(f"{where}: {what}".removeprefix(": "), _SHORT), 10)
        if len(found) > _SHOWN:
            terminal.indented(console, f"and {len(found) - _SHOWN} more", 10)
    terminal.heading(console, "FILES")
    terminal.indented(console, f"every step with its screenshot: {done.folder / 'selftest.html'}")
    return terminal.finished(written, setting)

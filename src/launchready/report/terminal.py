"""The report for a terminal: the verdict in words first, then what to do; nothing is said by colour alone."""

import io
from urllib.parse import urlsplit

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from launchready.report import _secrets as secrets
from launchready.report._access import distinct, label, tally, told
from launchready.report._reading import (
    LAUNCH,
    WORDS,
    first_step,
    launch_reason,
    moment,
    one_line,
    plural,
    results_of,
    standing,
    unanswered,
    urgent,
)
from launchready.report._setting import Setting
from launchready.scorecard import Report, Result

STYLES = {
    "pass": "green",
    "fail": "bold red",
    "unknown": "yellow",
    "not-applicable": "dim",
    "ready": "bold green",
    "not-ready": "bold red",
    "not-proven": "bold yellow",
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "",
}
_SHOWN_UNKNOWN = 12
_SHOWN_CROSSINGS = 5
_SHOWN_SECRETS = 5
_SHORT = 300
_PLAIN = str.maketrans(
    {"…": "...", "→": "->", "≥": ">=", "≤": "<=", "×": "x", "·": "-", "’": "'", "–": "-", "—": "-"}
)


def render(report: Report, setting: Setting) -> bytes:
    """The whole report as text, UTF-8 (or ASCII where the terminal shows no more)."""
    console, written = canvas(setting)
    _head(console, report)
    _red_flags(console, report)
    _scorecard(console, report)
    _access(console, report)
    _secrets(console, report)
    _first(console, report)
    _not_looked_at(console, report)
    _files(console, setting)
    return finished(written, setting)


def canvas(setting: Setting) -> tuple[Console, io.StringIO]:
    """A console that writes to memory, in colour only where the setting says so."""
    written = io.StringIO()
    console = Console(
        file=written,
        width=setting.width,
        force_terminal=setting.colour,
        color_system="standard" if setting.colour else None,
        no_color=not setting.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        _environ={},
    )
    return console, written


def finished(written: io.StringIO, setting: Setting) -> bytes:
    """What was written, without trailing blanks, in characters that the terminal can show."""
    text = "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"
    return text.encode() if setting.unicode else text.translate(_PLAIN).encode("ascii", "replace")


def heading(console: Console, text: str) -> None:
    """A heading with room above it."""
    console.print()
    console.print(Text(text, style="bold"))


def indented(console: Console, text: Text | str, by: int = 2) -> None:
    """A paragraph that keeps its indentation when it wraps."""
    console.print(Padding(Text(text) if isinstance(text, str) else text, (0, 0, 0, by)))


def _head(console: Console, report: Report) -> None:
    console.print(
        Text.assemble((one_line(report.portal.name, 120), "bold"), "  ", one_line(report.portal.url, 120))
    )
    hosts = plural(len(report.run.scope), "host")
    cut = "; the run was interrupted" if report.run.interrupted else ""
    console.print(
        f"looked at {moment(report.run.started)}, {hosts} in scope, touch: {report.run.touch}{cut}; "
        f"{report.tool.name} {report.tool.version}"
    )
    console.print()
    console.print(Text(LAUNCH[report.verdict].upper(), style=STYLES[report.verdict]))
    indented(console, one_line(launch_reason(report)))


def _red_flags(console: Console, report: Report) -> None:
    if not report.red_flags:
        return
    heading(console, f"RED FLAG{'S' if len(report.red_flags) > 1 else ''}: a senior engineer is needed")
    for flag in report.red_flags:
        indented(console, Text.assemble(("! ", "bold red"), one_line(flag.says, _SHORT), f" ({flag.check})"))


def _scorecard(console: Console, report: Report) -> None:
    heading(console, "SCORECARD")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=14)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for row in report.rows:
        results = results_of(report, row)
        title = Text.assemble((one_line(row.title), "bold"), " (must hold)" if row.gate else "", "  ")
        table.add_row(_word(row.verdict), row.row, title + Text(standing(row, results)))
        for result in results:
            if result.verdict == "fail":
                table.add_row("", "", _failing(result))
    console.print(Padding(table, (0, 0, 0, 2)), width=console.width)


def _word(verdict: str) -> Text:
    return Text(WORDS[verdict].upper(), style=STYLES[verdict])


def _failing(result: Result) -> Text:
    where = plural(len(result.findings), "finding")
    return Text.assemble("- ", result.check, " ", (f"({result.risk})", STYLES[result.risk]), f": {where}")


def _access(console: Console, report: Report) -> None:
    table = report.access
    if table is None or not table.routes:
        return
    heading(console, "WHO REACHES WHAT")
    indented(console, f"{tally(table)}; the table is in the HTML report")
    if table.untried:
        indented(console, f"Not tried: {one_line(table.untried, _SHORT)}.")
    host = urlsplit(report.portal.url).netloc
    crossings = distinct(table)
    for each in crossings[:_SHOWN_CROSSINGS]:
        where = one_line(label(each.route, host), _SHORT)
        indented(console, Text.assemble(("X ", "bold red"), f"{where}: {one_line(told(each), _SHORT)}"))
    if len(crossings) > _SHOWN_CROSSINGS:
        indented(console, f"and in {plural(len(crossings) - _SHOWN_CROSSINGS, 'place')} more")


def _secrets(console: Console, report: Report) -> None:
    table = report.secrets
    if table is None or not table.secrets:
        return
    heading(console, "SECRETS TO REPLACE, most urgent first")
    indented(console, f"{secrets.tally(table)}; `launchready secrets rotate-list` says how")
    for row in table.secrets[:_SHOWN_SECRETS]:
        mark = ("- ", "") if secrets.closed(row) else ("! ", "bold red")
        since = secrets.since(row)
        words = f"{secrets.who_has_it(row)} has it" + (f"; {since}" if since else "")
        indented(console, Text.assemble(mark, one_line(f"{row.name} ({row.state}): {words}", _SHORT)))
    if len(table.secrets) > _SHOWN_SECRETS:
        indented(console, f"and {plural(len(table.secrets) - _SHOWN_SECRETS, 'secret')} more")


def _first(console: Console, report: Report) -> None:
    first = urgent(report)
    if not first:
        return
    heading(console, "DO FIRST, highest risk on top")
    for number, (result, finding, more) in enumerate(((u.result, u.finding, u.more) for u in first), 1):
        head = Text.assemble(f"{number}. ", (result.risk, STYLES[result.risk]), f"  {result.check}")
        indented(console, head)
        rest = f" (and {more} more)" if more else ""
        indented(
            console, one_line(f"{finding.subject}: {finding.detail}".removeprefix(": "), _SHORT) + rest, 5
        )
        indented(console, f"First step: {one_line(first_step(result.fix.engineer))}", 5)


def _not_looked_at(console: Console, report: Report) -> None:
    groups = unanswered(report)
    empty = [row.title for row in report.rows if not results_of(report, row)]
    if not groups and not empty:
        return
    heading(console, "NOT ANSWERED YET, and what settles it")
    for results, summary, settle_by in groups[:_SHOWN_UNKNOWN]:
        checks = ", ".join(result.check for result in results)
        indented(
            console, f"{checks}: {one_line(summary, _SHORT)}. To settle it: {one_line(settle_by, _SHORT)}."
        )
    if left := sum(len(results) for results, _, _ in groups[_SHOWN_UNKNOWN:]):
        indented(console, f"and {plural(left, 'check')} more")
    if empty:
        indented(console, f"no checks yet: {', '.join(empty)}")


def _files(console: Console, setting: Setting) -> None:
    if setting.files:
        heading(console, "FILES")
        for what, path in setting.files:
            indented(console, f"{what}: {one_line(path)}")

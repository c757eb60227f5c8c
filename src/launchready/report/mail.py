"""The table of the mail drill for a terminal, as Markdown and as JSON: one page, each mail at each mailbox."""

import msgspec
from rich.table import Table
from rich.text import Text

from launchready.mail_table import OURS, MailRow, MailTable
from launchready.report import terminal as plain
from launchready.report._reading import one_line
from launchready.report._setting import Setting
from launchready.report.markdown import text
from launchready.scorecard import Portal

FORMATS = ("terminal", "markdown", "json")
_HEADS = ("mail", "mailbox", "after", "lies in", "SPF", "DKIM", "DMARC", "verdict")
_ANSWERS = {
    "pass": "Every mail arrived as it should.",
    "fail": "Mail of the portal does not arrive as it should.",
    "unknown": "Not proven: not every mail could be asked for or looked for.",
}
_OURS_SAYS = f"{OURS} by our own reading of the message; the provider does not say"
_SHOWN = 20


def render(table: MailTable, portal: Portal, form: str, setting: Setting) -> bytes:
    """The page in one of FORMATS."""
    match form:
        case "json":
            return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"
        case "markdown":
            return _markdown(table, portal).encode()
    return _terminal(table, portal, setting)


def _terminal(table: MailTable, portal: Portal, setting: Setting) -> bytes:
    console, written = plain.canvas(setting)
    console.print(Text.assemble((one_line(portal.name, 120), "bold"), "  ", one_line(portal.url, 120)))
    console.print()
    console.print(Text(_ANSWERS[table.verdict], style=plain.STYLES[table.verdict]))
    if table.rows:
        grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for at, head in enumerate(_HEADS):
            grid.add_column(head, no_wrap=at < 2)
        for row in table.rows:
            *cells, verdict = _cells(row)
            grid.add_row(*map(Text, cells), Text(verdict.upper(), style=plain.STYLES[row.verdict]))
        console.print()
        console.print(grid)
        if any(OURS in cell for row in table.rows for cell in _cells(row)):
            console.print(_OURS_SAYS)
    for heading, lines in _notes(table):
        plain.heading(console, heading.upper())
        for line in lines[:_SHOWN]:
            plain.indented(console, one_line(line, 400))
        if len(lines) > _SHOWN:
            plain.indented(console, f"and {len(lines) - _SHOWN} more")
    return plain.finished(written, setting)


def _markdown(table: MailTable, portal: Portal) -> str:
    lines = [f"# Mail of {text(portal.name)}", "", _ANSWERS[table.verdict], ""]
    if table.rows:
        lines += [f"| {' | '.join(_HEADS)} |", "|---" * len(_HEADS) + "|"]
        lines += [f"| {' | '.join(text(cell) for cell in _cells(row))} |" for row in table.rows]
        lines += ["", text(_OURS_SAYS)]
    for heading, notes in _notes(table):
        lines += ["", f"## {heading}", "", *(f"- {text(note)}" for note in notes)]
    return "\n".join(lines) + "\n"


def _cells(row: MailRow) -> tuple[str, ...]:
    came = "" if row.seconds is None else f"{row.seconds:.1f} s"
    if row.times > 1:
        came += f", {row.times}x"
    return (
        row.kind,
        one_line(row.mailbox, 40),
        came or "-",
        one_line(row.folder, 30) or "-",
        row.spf or "-",
        row.dkim or "-",
        row.dmarc or "-",
        row.verdict,
    )


def _notes(table: MailTable) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands behind the verdicts, each once."""
    wrong = tuple(dict.fromkeys(s for row in table.rows if row.verdict == "fail" for s in row.says))
    untold = tuple(dict.fromkeys(s for row in table.rows if row.verdict == "unknown" for s in row.says))
    said = {*wrong, *untold}
    notes = (
        ("What is wrong", wrong),
        ("What could not be told", untold),
        ("Providers", tuple(each for each in table.differences if each not in said)),
    )
    return tuple(note for note in notes if note[1])

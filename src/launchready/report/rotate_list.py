"""The secrets of a report as a list to work off, the most urgent first: for a terminal, or as Markdown for a ticket."""

from collections.abc import Iterator

from launchready.report import _secrets as told
from launchready.report._reading import one_line
from launchready.report.markdown import text
from launchready.scorecard import SecretRow, SecretTable


def terminal(table: SecretTable) -> str:
    """The list as plain text."""
    lines = [f"{told.tally(table)}."]
    for number, row in enumerate(table.secrets, 1):
        lines += ["", f"{number}. {one_line(row.name)} [{row.state}]"]
        lines += [f"   {what}: {one_line(words)}" for what, words in _facts(row)]
    lines += _end(table)
    return "\n".join(lines) + "\n"


def markdown(table: SecretTable) -> str:
    """The list with boxes to tick."""
    lines = [f"{told.tally(table)}.", ""]
    for row in table.secrets:
        lines.append(f"- [{'x' if told.closed(row) else ' '}] **{text(row.name)}** ({row.state})")
        lines += [f"  - {what}: {text(words)}" for what, words in _facts(row)]
    lines += _end(table)
    return "\n".join(lines) + "\n"


def _facts(row: SecretRow) -> Iterator[tuple[str, str]]:
    yield "with it", f"somebody {told.RANKS[row.rank]}"
    if state := told.closed(row) or told.state_told(row):
        yield "state", state
    if not told.closed(row):
        yield "replace it", told.replaced_where(row)
    yield "who has it", told.who_has_it(row)
    if since := told.since(row):
        yield "since", since
    yield "where", told.places(row)


def _end(table: SecretTable) -> list[str]:
    lines = [""]
    if table.unread:
        lines += [
            "Not read, so there may be more:",
            *(f"- {one_line(each)}" for each in table.unread[:20]),
            "",
        ]
    lines.append(
        "Taking a secret out of the files does not close it: whoever has it keeps it. Replace it, see the portal work, "
        "end the old one, then write into the portal file:"
    )
    lines += ["", "[[rotated]]", 'secret = "…as it is named above…"', "on = 2026-01-31", 'by = "Your name"']
    return lines

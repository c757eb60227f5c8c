"""The terminal report: readable at 80 columns, in a pipe, without colour and without unicode."""

import re

import pytest
from rich.cells import cell_len

from launchready.report import Setting, render_in
from launchready.scorecard import Report


def shown(report: Report, setting: Setting = Setting()) -> str:  # noqa: B008 -- it is frozen
    return render_in(report, "terminal", setting).decode()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(any_report: Report, width: int) -> None:
    assert max(map(cell_len, shown(any_report, Setting(width=width)).splitlines())) <= width


def test_verdict_comes_first_and_in_words(not_ready: Report) -> None:
    text = shown(not_ready)
    assert text.index("NOT READY") < text.index("RED FLAG") < text.index("SCORECARD")
    assert text.index("SCORECARD") < text.index("DO FIRST") < text.index("NOT ANSWERED YET")
    for word in ("FAIL", "UNKNOWN", "PASS", "critical", "and 139 more", "First step: Send"):
        assert word in text


def test_no_escape_codes_without_colour(any_report: Report) -> None:
    assert "\x1b" not in shown(any_report)


def test_colour_changes_nothing_but_colour(not_ready: Report) -> None:
    coloured = shown(not_ready, Setting(colour=True))
    assert "\x1b[" in coloured
    plain = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n"))
    assert plain == shown(not_ready)


def test_a_portal_cannot_send_escape_codes(hostile: Report) -> None:
    coloured = shown(hostile, Setting(colour=True))
    assert "\x1b[2J" not in coloured
    assert "\x07" not in coloured
    assert "\u202e" not in coloured


def test_ascii_where_nothing_else_can_be_shown(any_report: Report) -> None:
    assert render_in(any_report, "terminal", Setting(unicode=False)).isascii()
    assert "?tab=..." in shown(any_report, Setting(unicode=False)) or "invoices" not in shown(any_report)


def test_ready_has_nothing_to_do_first(ready: Report) -> None:
    text = shown(ready, Setting(files=(("report", "runs/1/report.html"),)))
    assert "READY" in text
    assert "DO FIRST" not in text
    assert "runs/1/report.html" in text

"""What all renderings share: order, words, and text made safe to show."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.errors import UsageError
from launchready.report import FORMATS, Setting, render
from launchready.report._reading import first_step, launch_reason, one_line, printable, unanswered, urgent
from launchready.scorecard import Report


def test_every_format_renders_every_report_and_repeats_itself(any_report: Report) -> None:
    for name in FORMATS:
        once = render(any_report, name)
        assert once
        assert once.endswith(b"\n")
        assert once == render(any_report, name)


def test_an_unknown_format_is_named(ready: Report) -> None:
    with pytest.raises(UsageError, match=r"'pdf'.*terminal"):
        render(ready, "pdf")


def test_most_important_first_and_accepted_risks_left_out(not_ready: Report, ready: Report) -> None:
    assert [each.result.check for each in urgent(not_ready)] == [
        "authz/object",
        "https/redirects",
        "https/hsts",
    ]
    assert urgent(not_ready)[2].more == 139
    assert not urgent(ready), "its only finding is an accepted risk"


def test_the_same_reason_is_said_once(not_proven: Report) -> None:
    groups = unanswered(not_proven)
    assert [[result.check for result in results] for results, _, _ in groups] == [
        ["https/tls"],
        ["auth/login", "auth/logout", "auth/bypass"],
        ["deploy/rollback"],
    ]


def test_reason_for_each_verdict(ready: Report, not_ready: Report, not_proven: Report) -> None:
    assert "no critical or high finding is open" in launch_reason(ready)
    assert "1 open critical finding" in launch_reason(not_ready)
    assert "Encrypted everywhere" in launch_reason(not_ready)
    assert "could be looked at: Encrypted everywhere" in launch_reason(not_proven)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Send the header. Then reload.", "Send the header."),
        ("Use TLS 1.2 or later. Reload.", "Use TLS 1.2 or later."),
        ("In next.config.js set it.\nnginx: other", "In next.config.js set it."),
        ("One line", "One line"),
        ("", ""),
    ],
)
def test_first_step_is_the_first_sentence(text: str, step: str) -> None:
    assert first_step(text) == step


@given(st.text())
def test_nothing_steers_the_reader(text: str) -> None:
    shown = one_line(text)
    assert "\n" not in shown
    assert all(ord(character) >= 32 and not 0x7F <= ord(character) < 0xA0 for character in shown)
    assert "\u202e" not in printable(text)


def test_long_text_is_cut() -> None:
    assert len(one_line("x" * 10_000)) == 2_000
    assert one_line("x" * 10_000, 20) == "x" * 19 + "…"


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_colour_only_where_it_is_wanted() -> None:
    assert Setting.of_stream(_Terminal(), {}).colour
    assert not Setting.of_stream(_Terminal(), {"NO_COLOR": "1"}).colour
    assert not Setting.of_stream(_Terminal(), {"TERM": "dumb"}).colour
    assert not Setting.of_stream(io.StringIO(), {}).colour


def test_unicode_only_where_it_can_be_shown() -> None:
    ascii_stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert not Setting.of_stream(ascii_stream, {}).unicode
    assert Setting.of_stream(_Terminal(), {}).unicode
    ascii_stream.close()


def test_a_run_folder_gives_screenshots_and_is_named(not_ready: Report, tmp_path: Path) -> None:
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "shot.png").write_bytes(b"not really")
    assert b"<figure>" in render(not_ready, "html", tmp_path)
    assert tmp_path.name in "".join(render(not_ready, "terminal", tmp_path).decode().split())

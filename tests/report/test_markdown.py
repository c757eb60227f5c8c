"""The Markdown report: fits into a comment, and nothing in it is acted upon."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from launchready.report import render
from launchready.report.markdown import LIMIT, code, text
from launchready.scorecard import Report


def shown(report: Report) -> str:
    return render(report, "markdown").decode()


def test_fits_and_says_the_verdict_first(any_report: Report) -> None:
    markdown = shown(any_report)
    assert len(markdown) <= LIMIT
    assert markdown.startswith("## ")


def test_what_does_not_fit_is_counted(not_ready: Report) -> None:
    many = tuple(msgspec.structs.replace(r, asks="why? " * 300) for r in not_ready.results) * 30
    markdown = shown(msgspec.structs.replace(not_ready, results=many))
    assert len(markdown) <= LIMIT
    assert "left out here for length" in markdown


def test_riskiest_first_and_long_lists_counted(not_ready: Report) -> None:
    markdown = shown(not_ready)
    assert markdown.index("`authz/object`: fail") < markdown.index("`https/redirects`: fail")
    assert "and 120 more" in markdown
    assert "accepted by Ada Example until 2027-01-31" in markdown
    assert "| **unknown** | Nobody gets in without signing in (must hold) | 2 unknown |" in markdown


def test_hostile_text_makes_no_elements(hostile: Report) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(shown(hostile))
    for forbidden in ("<img", "<script", "</script", "</style", "onerror=alert(1)>"):
        assert forbidden not in html.replace("&lt;", "[").replace("&gt;", "]")
    assert "@ada" not in html.replace("<code>", "\x00").split("\x00")[0]


@pytest.mark.parametrize(
    "line", ["# a", "- a", "+ a", "> a", "a | b", "*a*", "_a_", "[a](b)", "![a](b)", "`a`", "~~a~~"]
)
def test_text_is_text(line: str) -> None:
    html = MarkdownIt("commonmark").enable("strikethrough").render(text(line))
    assert html == f"<p>{line.replace('>', '&gt;')}</p>\n"


@given(st.text(alphabet="`ab |<&\\", min_size=1, max_size=20).filter(lambda s: s.strip(" ")))
def test_code_is_code(line: str) -> None:
    html = MarkdownIt("commonmark").render("x " + code(line) + " y")
    assert html.startswith("<p>x <code>")
    assert html.endswith("</code> y</p>\n")
    assert html.count("<code>") == 1

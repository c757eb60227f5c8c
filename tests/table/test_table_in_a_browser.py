"""The table in Chromium: on a narrow screen only the table itself moves sideways, and its links lead on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, sync_playwright

from launchready.access_table import access_table
from launchready.checks import all_checks, all_rows
from launchready.evidence import Fact, Missing
from launchready.judging import judge
from launchready.report import Setting, render_in
from launchready.scorecard import FindingItem

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
ROUTE = "GET https://portal.lab.test/invoices/{}/pdf"


@pytest.fixture
def page(tmp_path: Path, make: Callable[..., dict[type, Fact | Missing]]) -> Iterator[Page]:
    """The report of a portal with 30 findings, of which one of the folded ones belongs to a crossing."""
    facts = make()
    report = judge(facts, all_rows(), all_checks())
    subjects = [*(f"GET https://portal.lab.test/a{n}" for n in range(29)), ROUTE]
    items = tuple(FindingItem(f"id{n}", subject, "crossed") for n, subject in enumerate(subjects))
    template = report.results[0]
    result = msgspec.structs.replace(
        template,
        check="authz/object",
        row="authz",
        verdict="fail",
        risk="critical",
        findings=items,
        doubts=(),
    )
    results = (*(each for each in report.results if each.check != result.check), result)
    report = msgspec.structs.replace(report, results=results, access=access_table(facts, results))
    path = tmp_path / "report.html"
    path.write_bytes(render_in(report, "html", Setting()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 400, "height": 800})
        opened.goto(path.as_uri())
        yield opened
        browser.close()


def test_the_table_moves_sideways_and_the_page_does_not_and_links_open_what_is_folded(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    wide = page.get_by_role("region", name="Routes and who reaches them")
    assert wide.evaluate("each => each.scrollWidth > each.clientWidth")
    wide.focus()
    assert wide.evaluate("each => each === document.activeElement")
    table = page.get_by_role("table", name="Routes and who reaches them")
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("rowheader", name=ROUTE.replace("https://portal.lab.test", "")).is_visible()
    table.get_by_role("link", name="crossed, answer 200").nth(2).click()
    crossing = page.locator("#crossing-3")
    assert crossing.is_visible()
    assert not page.locator("#finding-id29").is_visible()
    crossing.get_by_role("link", name="the finding").click()
    page.locator("#finding-id29").wait_for(state="visible", timeout=5_000)

"""The HTML report in Chromium: no request, no error; the filter, the keyboard, narrow screens, paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

from launchready.report import Setting, render_in
from launchready.scorecard import Report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def noise() -> list[str]:
    """All that a page asked for, said or threw."""
    return []


@pytest.fixture
def page(browser: Browser, noise: list[str]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 400, "height": 800})

    def requested(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            noise.append(request.url)

    def asked(dialog: Dialog) -> None:
        noise.append("dialog")
        dialog.dismiss()

    opened.on("request", requested)
    opened.on("console", lambda message: noise.append(message.text))
    opened.on("pageerror", lambda error: noise.append(str(error)))
    opened.on("dialog", asked)
    yield opened
    opened.close()


def show(page: Page, report: Report, folder: Path, setting: Setting = Setting()) -> None:  # noqa: B008 -- it is frozen
    path = folder / "report.html"
    path.write_bytes(render_in(report, "html", setting))
    page.goto(path.as_uri())


def test_silent_and_within_a_narrow_screen(
    page: Page, any_report: Report, tmp_path: Path, noise: list[str]
) -> None:
    show(page, any_report, tmp_path)
    assert noise == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_screenshots_show_under_the_policy(
    page: Page, not_ready: Report, tmp_path: Path, attachments: Path, noise: list[str]
) -> None:
    show(page, not_ready, tmp_path, Setting(attachments=attachments))
    assert page.evaluate("document.querySelector('figure img').naturalWidth") == 1
    assert noise == []


def test_filter_and_search(page: Page, not_ready: Report, tmp_path: Path) -> None:
    show(page, not_ready, tmp_path)
    assert page.inner_text("#count") == "10 of 10 checks shown"
    page.select_option("#f-verdict", "fail")
    assert page.inner_text("#count") == "4 of 10 checks shown"
    page.select_option("#f-risk", "critical")
    assert page.locator("article.check:visible").count() == 1
    assert page.locator("section.row:visible").count() == 1
    page.click("button[type=reset]")
    page.fill("#f-text", "INVOICES 139")
    assert page.inner_text("#count") == "1 of 10 checks shown", "what is folded is searched too"
    page.fill("#f-text", "no such words")
    assert page.inner_text("#count") == "0 of 10 checks shown"


def test_a_link_opens_its_check_even_when_filtered_away(
    page: Page, not_ready: Report, tmp_path: Path
) -> None:
    show(page, not_ready, tmp_path)
    page.select_option("#f-verdict", "pass")
    page.click("section[aria-labelledby=unknown-h] a[href='#check-https-tls']")
    page.locator("#check-https-tls > details[open]").wait_for(timeout=5_000)
    assert page.locator("#check-https-tls").is_visible()


def test_by_keyboard(page: Page, ready: Report, tmp_path: Path) -> None:
    show(page, ready, tmp_path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("#check-https-tls summary")
    page.keyboard.press("Enter")
    assert page.locator("#check-https-tls > details[open]").count() == 1


def test_without_scripts(browser: Browser, not_ready: Report, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, not_ready, tmp_path)
    assert page.locator("#filter").is_hidden()
    assert page.locator("article.check:visible").count() == 10
    context.close()


def test_on_paper_everything_is_unfolded(page: Page, not_ready: Report, tmp_path: Path) -> None:
    show(page, not_ready, tmp_path)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("#filter").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0
    assert page.pdf()[:5] == b"%PDF-"

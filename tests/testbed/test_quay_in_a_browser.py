"""Can people use the second portal's front end in a real browser, without a complaint of the browser's?"""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from launchready_testbed import Bed
from launchready_testbed.portal.totp import code, step_at

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and shutil.which("certutil")), reason="needs Chromium and certutil"),
]


@pytest.fixture
def context(browser: Browser, bed: Bed) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.set_default_timeout(10_000)
    complaints: list[str] = []
    made.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    made.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    yield made
    made.close()
    assert complaints == []


def sign_in(page: Page, bed: Bed, name: str) -> None:
    page.goto(f"https://quay.lab.test:{bed.https_port}/")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("E-mail").fill(bed.secret_file(name, "username").read_text())
    page.get_by_label("Password").fill(bed.secret_file(name).read_text())
    page.get_by_role("button", name="Sign in").click()


def test_a_client_signs_in_walks_around_and_signs_out(bed: Bed, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, bed, "tess")
    expect(page.get_by_role("heading", name="Orders")).to_be_visible()
    page.get_by_role("link", name=re.compile("AC-")).first.click()
    expect(page.get_by_text("€")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Orders")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Tess Tavares")).to_be_visible()
    second = context.new_page()
    second.goto(page.url.replace("/orders", "/account"))
    expect(second.get_by_text("tess@ardent.lab.test")).to_be_visible()
    second.get_by_role("button", name="Sign out").click()
    expect(second.get_by_text("Freight without paper")).to_be_visible()
    second.goto(page.url)
    expect(second.get_by_label("E-mail")).to_be_visible()


def test_an_admin_gives_a_code_too(bed: Bed, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, bed, "quentin")
    page.get_by_label("Six-digit code").fill(code(bed.secret_file("quentin", "totp").read_text(), step_at()))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_text("Ugo Uusitalo")).to_be_visible()


def test_a_page_that_is_not_there_is_said_to_be_so(bed: Bed, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"https://quay.lab.test:{bed.https_port}/nowhere")
    expect(page.get_by_text("There is no such page")).to_be_visible()


SECTIONS = ("Orders", "Shipments", "Messages", "Files", "Projects", "Receipts", "Exports", "News")


def test_every_section_and_a_record_of_each_is_asked_for_by_the_pages(
    bed: Bed, context: BrowserContext
) -> None:
    asked = set()
    context.on("request", lambda request: asked.add((request.method, request.url.partition("/api/v2")[2])))
    page = context.new_page()
    sign_in(page, bed, "tess")
    for section in SECTIONS:
        page.get_by_role("link", name=section, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(section)
        if section != "News":
            page.locator("main table a").first.click()
            expect(page.get_by_role("heading", level=1)).not_to_have_text(section)
            expect(page.get_by_text("That did not work")).not_to_be_attached()
            expect(page.get_by_role("button", name="Close order")).not_to_be_attached()
    kinds = {
        f"{method} {re.sub(r'[0-9a-f-]{36}', '{}', path)}"
        for method, path in asked
        if path and "auth" not in path
    }
    assert kinds >= {
        "GET /orders/{}",
        "POST /graphql",
        "POST /orders/search",
        "POST /orders/get",
        "POST /batch",
        "GET /messages/{}",
        "GET /files/{}/content",
        "GET /projects/roastery-extension",
        "GET /exports/ac-2026-02.csv",
        "GET /feed.json",
    }
    assert any(kind.startswith("GET /documents/terms-of-carriage-") for kind in kinds)
    assert any(kind.startswith("GET /receipts/") for kind in kinds)


def test_a_client_makes_changes_and_cancels_an_order(bed: Bed, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, bed, "tess")
    page.get_by_label("Goods").fill("Seed potatoes")
    page.get_by_role("button", name="Order", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Order N-"))
    page.get_by_label("Goods").fill("Seed onions")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_text("Seed onions")).to_be_visible()
    page.get_by_role("button", name="Cancel order").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Orders")
    expect(page.get_by_text("Seed onions")).not_to_be_attached()


def test_the_house_looks_at_one_client_and_closes_an_order(bed: Bed, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, bed, "rosa")
    expect(page.get_by_role("link", name=re.compile("AC-"))).to_have_count(6)
    page.get_by_label("Client").select_option("Birch & Bell")
    expect(page.get_by_role("link", name=re.compile("AC-"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("BB-")).first.click()
    form = page.locator("form", has=page.get_by_role("button", name="Close order"))
    assert re.fullmatch(r"/api/v2/orders/[0-9a-f-]{36}/close", form.get_attribute("action") or "")
    page.get_by_role("button", name="Close order").click()
    expect(page.get_by_text("closed")).to_be_visible()


def test_strangers_see_on_the_first_page_whose_goods_are_moved_where_all_may_know(
    bed: Bed, context: BrowserContext
) -> None:
    bed.switch(("authz/quay-customers", "authz/quay-status-board"))
    page = context.new_page()
    page.goto(f"https://quay.lab.test:{bed.https_port}/")
    expect(page.get_by_text("For Birch & Bell, Turku")).to_be_visible()
    expect(page.get_by_text("The crane on quay 4 stood still")).to_be_visible()

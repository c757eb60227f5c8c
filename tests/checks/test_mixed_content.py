"""How what was sent and what was run are weighed together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.https.mixed_content import CHECK, judge
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, BrowserPage, Mixed, Withheld
from launchready.evidence.http import Crawl, Document, Exchange, Load, Page, Unvisited
from launchready.verdict import Cause, Fail, Pass, Unknown, weigh

HOME, DEEP, SHEET = "https://p.test/", "https://p.test/deep", "https://p.test/a.css"
X = "http://cdn.test/x"
NO_BROWSER = Missing(Cause.NOT_COLLECTED, "no browser", "get one")
UPGRADE = (("content-security-policy", "default-src 'self'; upgrade-insecure-requests"),)


def page(
    url: str,
    *loads: Load,
    kind: str = "text/html",
    headers: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    truncated: bool = False,
    csp_meta: tuple[str, ...] = (),
) -> Page:
    sent = (("content-type", kind), *headers)
    exchange = Exchange("GET", url, status, sent, 10, truncated=truncated, digest="", address="")
    return Page(exchange, url, "link", Document(loads, len(loads), csp_meta))


def look(*pages: BrowserPage, left_out: tuple[str, ...] = ()) -> BrowserLook:
    return BrowserLook("Chromium 1", pages, left_out)


def opened(
    url: str,
    *mixed: Mixed,
    document: Document | None = None,
    withheld: tuple[Withheld, ...] = (),
    complete: bool = True,
) -> BrowserPage:
    return BrowserPage(
        url,
        url,
        200,
        mixed,
        document or Document((), 0),
        withheld=withheld,
        complete=complete,
        security="secure",
    )


CLEAN = look(opened(HOME))


def test_both_views_of_one_request_are_one_finding() -> None:
    load = Load("image", X, "<img src>")
    verdict = judge(
        Crawl((page(HOME, load),)),
        look(opened(HOME, Mixed("image", X, "upgraded", "failed"), document=Document((load,), 1))),
    )
    assert isinstance(verdict, Fail)
    (finding,) = verdict.findings
    assert finding.subject == HOME
    assert finding.detail == f"image {X} in <img src>: browsers ask for it over https instead, where it fails"


def test_kinds_are_named() -> None:
    loads = [
        Load(kind, f"{X}/{kind}", "<a>") for kind in ("script", "form", "connect", "font", "media", "new")
    ]
    verdict = judge(Crawl((page(HOME, *loads),)), CLEAN)
    assert isinstance(verdict, Fail)
    (finding,) = verdict.findings
    for load in loads:
        assert load.url in finding.detail
    assert f"form sent to {X}/form" in finding.detail


def test_a_style_sheet_is_named_itself_and_the_page_by_the_browser() -> None:
    sheet = page(SHEET, Load("image", X, "url()"), kind="text/css")
    verdict = judge(Crawl((page(HOME), sheet)), look(opened(HOME, Mixed("image", X, "upgraded", "answered"))))
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == [HOME, SHEET]


def test_many_are_counted() -> None:
    verdict = judge(Crawl((page(HOME, *(Load("image", f"{X}{n}", "<img src>") for n in range(40))),)), CLEAN)
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].detail.count(X) == 12
    assert verdict.findings[0].detail.endswith("and 28 more")


def test_error_pages_count() -> None:
    verdict = judge(Crawl((page(DEEP, Load("image", X, "<img src>"), status=404),)), CLEAN)
    assert isinstance(verdict, Fail)


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("http://127.0.0.1:9/", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]:8080/a", True),
        ("http://localhost/", True),
        ("ws://a.localhost:1/", True),
        ("http://localhost./", True),
        ("http://localhost.example/", False),
        ("http://10.0.0.1/", False),
        ("http://128.0.0.1/", False),
        ("http://[::2]/", False),
        ("http://notlocalhost/", False),
        ("ws://cdn.test/", False),
    ],
)
def test_this_machine_itself_is_trustworthy(url: str, fine: bool) -> None:  # noqa: FBT001 -- a table's column
    crawl = Crawl((page(HOME, Load("script", url, "<script src>")),))
    assert isinstance(judge(crawl, CLEAN), Pass if fine else Fail)
    assert isinstance(
        judge(Crawl((page(HOME),)), look(opened(HOME, Mixed("image", url, "warning")))),
        Pass if fine else Fail,
    )


@pytest.mark.parametrize(
    ("headers", "csp_meta", "upgrades"),
    [
        (UPGRADE, (), True),
        ((), ("upgrade-insecure-requests",), True),
        ((("content-security-policy", "a 'self', UPGRADE-INSECURE-REQUESTS;"),), (), True),
        ((("content-security-policy", "default-src upgrade-insecure-requests"),), (), False),
        ((("content-security-policy", "block-all-mixed-content"),), (), False),
        ((("content-security-policy-report-only", "upgrade-insecure-requests"),), (), False),
    ],
)
def test_policies_that_upgrade(
    headers: tuple[tuple[str, str], ...],
    csp_meta: tuple[str, ...],
    upgrades: bool,  # noqa: FBT001 -- a table's column
) -> None:
    load = Load("form", X, "<form action>")
    crawl = Crawl((page(HOME, load, headers=headers, csp_meta=csp_meta),))
    seen = look(opened(HOME, document=Document((load,), 1)))
    assert isinstance(judge(crawl, seen), Pass if upgrades else Fail)


def test_the_browser_has_the_last_word_on_an_upgrading_page() -> None:
    crawl = Crawl((page(HOME, headers=UPGRADE),))
    assert isinstance(judge(crawl, look(opened(HOME, Mixed("script", X, "blocked")))), Fail)


def test_a_style_sheet_is_upgraded_where_every_page_is() -> None:
    sheet = page(SHEET, Load("image", X, "url()"), kind="text/css")
    seen = look(opened(HOME), opened(DEEP))
    assert isinstance(judge(Crawl((page(HOME, headers=UPGRADE), sheet)), seen), Pass)
    assert isinstance(judge(Crawl((page(HOME, headers=UPGRADE), page(DEEP), sheet)), seen), Fail)
    assert isinstance(judge(Crawl((sheet,)), seen), Fail)


def test_pages_served_on_http_are_left_to_the_redirects() -> None:
    crawl = Crawl((page(HOME), page("http://p.test/", Load("image", X, "<img src>"))))
    assert isinstance(judge(crawl, CLEAN), Pass)


def test_no_browser_leaves_what_the_parser_found() -> None:
    assert isinstance(judge(Crawl((page(HOME, Load("image", X, "<img src>")),)), NO_BROWSER), Fail)
    for without in (NO_BROWSER, BrowserLook(NO_BROWSER, ())):
        verdict = judge(Crawl((page(HOME),)), without)
        assert isinstance(verdict, Unknown)
        assert verdict.doubts == (NO_BROWSER.doubt(),)


@pytest.mark.parametrize(
    ("crawl", "seen", "cause"),
    [
        (Crawl((page(HOME, truncated=True),)), CLEAN, Cause.NOT_COLLECTED),
        (
            Crawl((page(HOME),), (Unvisited(DEEP, Missing(Cause.UNREACHABLE, "gone", "again")),)),
            CLEAN,
            Cause.UNREACHABLE,
        ),
        (
            Crawl((page(HOME),)),
            look(BrowserPage(HOME, why=Missing(Cause.UNREACHABLE, "slow", "again"))),
            Cause.UNREACHABLE,
        ),
        (Crawl((page(HOME),)), look(opened(HOME, complete=False)), Cause.UNREACHABLE),
        (Crawl((page(HOME),)), look(opened(HOME), left_out=("/a/{id}",)), Cause.NOT_COLLECTED),
        (
            Crawl((page(HOME),)),
            look(opened(HOME, withheld=(Withheld("script", "a.test"), Withheld("script", "b.test")))),
            Cause.NO_CONSENT,
        ),
        (Crawl((page(HOME),)), look(opened(HOME, withheld=(Withheld("style", "a.test"),))), Cause.NO_CONSENT),
    ],
)
def test_what_was_not_looked_at_is_unknown(crawl: Crawl, seen: BrowserLook, cause: Cause) -> None:
    verdict = judge(crawl, seen)
    assert isinstance(verdict, Unknown)
    assert [doubt.cause for doubt in verdict.doubts] == [cause]


def test_third_party_pictures_are_no_doubt() -> None:
    withheld = tuple(
        Withheld(kind, "a.test") for kind in ("image", "font", "media", "connect", "frame", "ping")
    )
    assert isinstance(judge(Crawl((page(HOME),)), look(opened(HOME, withheld=withheld))), Pass)


def test_a_page_that_went_insecure_is_not_judged_here() -> None:
    left = BrowserPage(HOME, "http://p.test/", 200, (Mixed("image", X, "blocked"),), Document((), 0))
    assert isinstance(judge(Crawl((page(HOME),)), look(left)), Pass)


def test_subjects_hold_no_secrets() -> None:
    verdict = judge(
        Crawl((page(f"{HOME}?token=~0123456789ab", Load("image", f"{X}?k=~0123456789ab", "a")),)), CLEAN
    )
    assert isinstance(verdict, Fail)
    assert "~" not in verdict.findings[0].subject + verdict.findings[0].detail


@given(st.permutations([page(HOME, Load("image", X, "a")), page(DEEP, Load("font", X, "b")), page(SHEET)]))
def test_order_does_not_matter(pages: list[Page]) -> None:
    verdict = judge(Crawl(tuple(pages)), CLEAN)
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == [HOME, DEEP]


def test_examples_are_of_every_kind() -> None:
    assert {example.expected for example in CHECK.examples} == {Pass, Fail, Unknown}
    assert isinstance(weigh(()), Unknown)

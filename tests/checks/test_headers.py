"""https/headers: header sets and what the MDN HTTP Observatory's rules make of them, each with the reason."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.check import Example
from launchready.checks.https._csp import grade
from launchready.checks.https.headers import CHECK, graded, judge
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Document, Exchange, Page, Unvisited
from launchready.verdict import Cause, Fail, Pass, Unknown

SOUND_CSP = "default-src 'self'; object-src 'none'; frame-ancestors 'none'"
CSP = "content-security-policy"
XFO = "x-frame-options"
SNIFF = "x-content-type-options"
REFERRER = "referrer-policy"


def page(
    *headers: tuple[str, str],
    path: str = "/",
    host: str = "portal.example",
    status: int = 200,
    media: str = "text/html",
    meta: tuple[str, ...] = (),
    referrer: str = "",
    size: int = 10,
) -> Page:
    url = f"https://{host}{path}"
    all_headers = (("content-type", media), *headers)
    exchange = Exchange(
        "GET", url, status, all_headers, size, truncated=False, digest="~0", address="192.0.2.1"
    )
    return Page(exchange, path, "link", Document((), 0, meta, referrer))


def sound(*headers: tuple[str, str | None], **kinds: Any) -> Page:
    """A page with sound headers; those given replace the sound ones of their name, or leave them out."""
    named = {name for name, _ in headers}
    defaults = ((CSP, SOUND_CSP), (SNIFF, "nosniff"), (REFERRER, "no-referrer"))
    kept = [each for each in defaults if each[0] not in named]
    return page(*kept, *((name, value) for name, value in headers if value is not None), **kinds)


HASH = "'sha256-hqBEA/HXB3aJU2FgOnYN8rkAgEVgyfi3Vs1j2/XMPBA='"
SOUND_POLICIES: list[tuple[str | None, str]] = [
    ("default-src 'none'", "nothing is allowed"),
    ("default-src 'self'", "own host only"),
    ("default-src", "a source list without sources is 'none'"),
    ("DEFAULT-SRC 'SELF'", "names and keywords have no case"),
    ("default-src https://cdn.example", "a host of its own is not too broad"),
    ("default-src 'none';;; ;;;style-src 'self'", "empty directives are nothing"),
    ("object-src 'none'; script-src 'self'", "scripts and objects are ruled, the rest may be open"),
    (
        "object-src 'none'; script-src 'nonce-abc' 'unsafe-inline'",
        "a nonce makes browsers ignore 'unsafe-inline'",
    ),
    (f"object-src 'none'; script-src {HASH} 'unsafe-inline'", "so does a hash"),
    (
        "object-src 'none'; script-src 'nonce-abc' 'strict-dynamic' https: http: 'unsafe-inline' 'self'",
        "'strict-dynamic' with fallbacks for old browsers: new ones ignore the fallbacks",
    ),
    ("default-src 'self'; style-src 'self' 'unsafe-inline'", "inline styles alone are tolerated"),
    ("default-src 'self'; style-src data: *", "so are arbitrary styles"),
    (
        "default-src 'unsafe-inline'; script-src 'self'",
        "scripts have a rule of their own, so only styles are inline",
    ),
    ("default-src 'self'; img-src http:", "images over http are tolerated"),
    ("default-src 'none'; img-src * data: blob:", "any image is fine"),
    ("default-src 'self'; connect-src wss://live.example", "a secure socket"),
    ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", "WebAssembly is not eval"),
    ("default-src 'self'; report-uri /a; report-uri /b", "repeated reporting directives do no harm"),
    (
        "default-src 'none'; script-src 'self', default-src 'none'; script-src 'self'",
        "two policies folded into one",
    ),
    ("default-src 'self'; upgrade-insecure-requests", "a directive without value"),
]
FAULTY_POLICIES: list[tuple[str | None, str]] = [
    (None, "none at all"),
    ("", "an empty one"),
    ("defa", "cut short"),
    ("upgrade-insecure-requests", "says nothing about scripts"),
    ("frame-ancestors 'none'", "says nothing about scripts"),
    ("script-src 'none'", "says nothing about objects"),
    ("object-src 'none'", "says nothing about scripts"),
    ("default-src *", "everybody"),
    ("default-src https:", "everybody who has a certificate"),
    ("default-src 'none'; script-src https://*", "the same, written as a host"),
    ("default-src 'self'; script-src 'self' 'unsafe-inline'", "injected scripts run"),
    ("default-src 'self' 'UNSAFE-INLINE'", "the same through default-src, in capitals"),
    ("default-src 'self'; script-src data:", "a script can be written into the address"),
    ("default-src 'self'; object-src *", "any plug-in content"),
    ("default-src 'self'; script-src 'unsafe-eval'", "text becomes code"),
    ("default-src 'self'; style-src 'unsafe-eval'", "graded alike"),
    ("default-src http://cdn.example", "scripts over http"),
    ("default-src 'self'; connect-src http://api.example", "data over http"),
    ("default-src 'none'; script-src 'strict-dynamic'", "no nonce or hash: no script could ever run"),
    ("default-src 'self'; script-src 'nonce-abc' https:", "the nonce does not take https: back"),
    ("default-src 'none'; default-src 'none'", "named twice: only the first counts, which surprises people"),
    ("default-src 'self',", "one policy of the list is empty, which that grader calls invalid"),
]


@pytest.mark.parametrize(("policy", "reason"), SOUND_POLICIES)
def test_sound_policy(policy: str | None, reason: str) -> None:
    faults, _ = graded(sound((CSP, policy), (XFO, "DENY")))
    assert not faults, reason


@pytest.mark.parametrize(("policy", "reason"), FAULTY_POLICIES)
def test_faulty_policy(policy: str | None, reason: str) -> None:
    faults, _ = graded(sound((CSP, policy), (XFO, "DENY")))
    assert len(faults) >= 1, reason
    assert all("ontent-Security-Policy" in fault or "strict-dynamic" in fault for fault in faults)


OTHERS: list[tuple[tuple[str, str | None], bool, str]] = [
    ((XFO, "DENY"), True, "framing by nobody"),
    ((XFO, " sameorigin "), True, "blanks and case do not matter"),
    ((XFO, "ALLOW-FROM https://partner.example"), True, "the grader lets it pass; it is told as weak"),
    ((XFO, None), False, "framing by anybody"),
    ((XFO, "whimsy"), False, "no such value"),
    ((XFO, "SAMEORIGIN, SAMEORIGIN"), False, "folded into one line, the grader calls it invalid"),
    ((SNIFF, "nosniff"), True, "as it should be"),
    ((SNIFF, "NoSniff "), True, "no case"),
    ((SNIFF, None), False, "missing"),
    ((SNIFF, "no-sniff"), False, "misspelt"),
    ((SNIFF, "nosniff; mode=block"), False, "parameters do not exist"),
    ((REFERRER, None), True, "browsers default to strict-origin-when-cross-origin"),
    ((REFERRER, "same-origin"), True, "private"),
    ((REFERRER, "STRICT-ORIGIN"), True, "no case"),
    ((REFERRER, "unsafe-url, strict-origin-when-cross-origin"), True, "the last known one counts"),
    ((REFERRER, "no-referrer, whimsy"), True, "unknown ones are skipped"),
    ((REFERRER, "strict-origin, unsafe-url"), False, "the last known one counts"),
    ((REFERRER, "unsafe-url"), False, "whole addresses leave"),
    ((REFERRER, "origin"), False, "also to plain http"),
    ((REFERRER, "no-referrer-when-downgrade"), False, "whole addresses leave to other sites"),
    ((REFERRER, "whimsy"), False, "no known policy"),
    ((REFERRER, ""), False, "a header that names nothing"),
]


@pytest.mark.parametrize(("header", "passes", "reason"), OTHERS)
def test_other_headers(header: tuple[str, str | None], *, passes: bool, reason: str) -> None:
    faults, _ = graded(
        sound((CSP, "default-src 'self'"), *([] if header[0] == XFO else [(XFO, "DENY")]), header)
    )
    assert (not faults) is passes, reason


def test_framing_by_policy_needs_no_x_frame_options() -> None:
    assert not graded(sound())[0]
    assert not graded(sound((XFO, "whimsy")))[0], (
        "browsers ignore X-Frame-Options where frame-ancestors rules"
    )


def test_allow_from_passes_but_is_called_weak() -> None:
    _, weak = graded(sound((CSP, "default-src 'self'"), (XFO, "ALLOW-FROM https://partner.example")))
    assert any("ALLOW-FROM" in each for each in weak)


def test_the_first_of_repeated_headers_counts() -> None:
    csp = (CSP, "default-src 'self'")
    assert not graded(sound(csp, (XFO, "DENY"), (XFO, "whimsy")))[0]
    assert graded(sound(csp, (XFO, "whimsy"), (XFO, "DENY")))[0]


def test_policy_in_a_meta_element_counts_but_cannot_rule_framing() -> None:
    in_meta = ("default-src 'self'; frame-ancestors 'none'",)
    faults, _ = graded(sound((CSP, None), meta=in_meta))
    assert [fault for fault in faults if "frame" in fault] == list(faults) != []
    assert not graded(sound((CSP, None), (XFO, "DENY"), meta=in_meta))[0]
    only_framing = graded(sound((CSP, None), (XFO, "DENY"), meta=("frame-ancestors 'none'",)))[0]
    assert "no Content-Security-Policy" in only_framing[0]


def test_header_and_meta_are_both_in_force() -> None:
    strict, open_ = "default-src 'self'", "script-src * 'unsafe-inline'; object-src *"
    assert not grade([strict], [open_]).faults, "the header still forbids it"
    assert not grade([open_], [strict]).faults, "the meta element still forbids it"
    assert grade(["frame-ancestors 'none'"], [open_]).faults, "the header has no say on scripts"
    assert not grade(["img-src 'none'"], ["default-src 'none'"]).faults


def test_report_only_does_not_count_and_is_named() -> None:
    faults, _ = graded(sound((CSP, None), ("content-security-policy-report-only", SOUND_CSP), (XFO, "DENY")))
    assert "only reports" in faults[0]


def test_meta_referrer_has_the_last_word() -> None:
    assert not graded(sound((REFERRER, "unsafe-url"), referrer="no-referrer"))[0]
    assert graded(sound((REFERRER, "no-referrer"), referrer="unsafe-url"))[0]


def test_an_error_page_that_lost_them_is_named() -> None:
    verdict = judge(Crawl((sound(), sound((CSP, None), path="/no", status=404))))
    assert isinstance(verdict, Fail)
    assert [f.subject for f in verdict.findings] == ["https://portal.example/no"]
    assert "answer 404" in verdict.findings[0].detail
    assert "1 of 2" in verdict.seen[0].detail


def test_what_all_pages_of_a_host_share_is_said_once_of_the_host() -> None:
    bare = [page(path=path) for path in ("/", "/a", "/b")]
    own = page((REFERRER, "unsafe-url"), path="/c")
    verdict = judge(Crawl((*bare, own, sound(host="www.portal.example"))))
    assert isinstance(verdict, Fail)
    assert [f.subject for f in verdict.findings] == ["https://portal.example/", "https://portal.example/c"]
    assert "nosniff" in verdict.findings[0].detail
    assert "nosniff" not in verdict.findings[1].detail
    assert [s.subject for s in verdict.seen] == ["https://www.portal.example/"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (page(path="/api", media="application/json"), "data is no document"),
        (page(path="/logo.svg", media="image/svg+xml"), "neither is an image"),
        (page(("location", "/login"), path="/app", status=302), "a redirect shows nothing"),
        (page(("content-disposition", "attachment; filename=a.html"), path="/d"), "a download is not shown"),
        (page(path="/empty", size=0), "without a body there is nothing to protect"),
        (page(path="/x", host="cdn.other.example"), "not the portal's own host"),
    ],
)
def test_no_document_of_the_portal(other: Page, reason: str) -> None:
    crawl = Crawl((sound(), other), third_parties=("cdn.other.example",))
    assert isinstance(judge(crawl), Pass), reason


def test_a_page_without_answer_leaves_a_doubt() -> None:
    why = Missing(Cause.UNREACHABLE, "nobody answered in time", "again")
    verdict = judge(Crawl((sound(),), (Unvisited("https://portal.example/slow", why),)))
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].subject == "https://portal.example/slow"
    assert isinstance(judge(Crawl(())), Unknown)


def test_secrets_in_addresses_do_not_reach_subjects() -> None:
    verdict = judge(Crawl((page(path="/reset?token=~0123456789ab"),)))
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].subject == "https://portal.example/reset?token=…"


@pytest.mark.parametrize("example", CHECK.examples, ids=lambda e: e.says)
def test_examples(example: Example) -> None:
    assert type(CHECK.judge(*example.facts)) is example.expected


@given(st.lists(st.text(max_size=80), max_size=3), st.lists(st.text(max_size=80), max_size=2))
def test_no_policy_breaks_the_grader(headers: list[str], metas: list[str]) -> None:
    assert grade(headers, metas).faults is not None


def test_a_page_that_several_were_given_is_one_subject() -> None:
    def as_nora(shown: Page) -> Page:
        return Page(shown.exchange, shown.shape, shown.source, shown.document, "nora")

    bare, whole = sound((CSP, None), path="/desk"), sound(path="/desk")
    both = judge(Crawl((sound(), whole, as_nora(whole))))
    assert isinstance(both, Pass)
    assert [each.detail.partition(" carry")[0] for each in both.seen] == ["2 of 2 pages"]
    wrong = judge(Crawl((sound(), bare, as_nora(bare))))
    assert isinstance(wrong, Fail)
    assert [each.subject for each in wrong.findings] == ["https://portal.example/desk"]
    assert "signed in" not in wrong.findings[0].detail
    hers = judge(Crawl((sound(), whole, as_nora(bare))))
    assert isinstance(hers, Fail)
    assert hers.findings[0].detail.endswith("(seen signed in)")

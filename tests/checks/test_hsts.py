"""https/hsts: header values by the grammar of RFC 6797, and which answers must carry one."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.check import Example
from launchready.checks.https.hsts import CHECK, HEADER, MIN_MAX_AGE, judge, max_age
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page, Unvisited
from launchready.verdict import Cause, Fail, NotApplicable, Pass, Unknown

YEAR = "max-age=31536000"


def page(
    path: str = "/",
    *values: str,
    host: str = "portal.example",
    scheme: str = "https",
    status: int = 200,
    media: str = "text/html",
) -> Page:
    headers = (("content-type", media), *((HEADER, value) for value in values))
    exchange = Exchange(
        "GET",
        f"{scheme}://{host}{path}",
        status,
        headers,
        9,
        truncated=False,
        digest="~0",
        address="192.0.2.1",
    )
    return Page(exchange, path, "link")


VALID = [
    ("max-age=31536000", "the plain form"),
    ("max-age=31536000; includeSubDomains; preload", "with the usual company"),
    ("includeSubDomains; max-age=31536000", "order does not matter"),
    ("MAX-AGE=31536000; INCLUDESUBDOMAINS", "names have no case"),
    ("  max-age =  31536000 ;  includeSubDomains  ", "blanks are optional"),
    ('max-age="31536000"', "the value may be quoted"),
    ("max-age=31536000;", "a semicolon at the end is allowed"),
    (";;max-age=31536000;;", "empty directives are allowed"),
    ("max-age=31536000; unknown=whatever", "unknown directives are ignored"),
    ('max-age=31536000; unknown="a;b=c, d"', "a quoted value may hold anything"),
    ("max-age=00031536000", "digits are digits"),
    ("max-age=" + "9" * 5000, "for ever"),
]
INVALID = [
    ("", "nothing"),
    ("includeSubDomains", "no max-age"),
    ("max-age", "no value"),
    ("max-age=", "no value"),
    ("max-age=one-year", "not digits"),
    ("max-age=-1", "a sign is no digit"),
    ("max-age=31536000.5", "seconds are whole"),
    ("max-age=31536000 includeSubDomains", "a semicolon is missing"),
    ("max-age=31536000, includeSubDomains", "a comma is no separator"),
    ("max-age=31536000; max-age=31536000", "named twice"),
    ("max-age=31536000; includeSubDomains; includesubdomains", "named twice, whatever the case"),
    ("max-age=31536000; includeSubDomains=true", "takes no value"),
    ('max-age="31536000', "the quotation has no end"),
    ("max-age:31536000", "a colon is not an equals sign"),
    ("'max-age=31536000'", "the quotes of a configuration file were sent along"),
    ("максимум=31536000", "letters that no header has"),
]


@pytest.mark.parametrize(("value", "reason"), VALID)
def test_valid(value: str, reason: str) -> None:
    assert max_age(value) >= 31_536_000, reason
    assert isinstance(judge(Crawl((page("/", value),))), Pass)


@pytest.mark.parametrize(("value", "reason"), INVALID)
def test_invalid(value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        max_age(value)
    assert isinstance(judge(Crawl((page("/", value),))), Fail), reason


@pytest.mark.parametrize(
    ("seconds", "passes"), [(MIN_MAX_AGE, True), (MIN_MAX_AGE - 1, False), (0, False), (300, False)]
)
def test_at_least_180_days(seconds: int, *, passes: bool) -> None:
    assert isinstance(judge(Crawl((page("/", f"max-age={seconds}"),))), Pass if passes else Fail)


def test_the_first_of_several_headers_counts() -> None:
    assert isinstance(judge(Crawl((page("/", YEAR, "max-age=0"),))), Pass)
    assert isinstance(judge(Crawl((page("/", YEAR, YEAR),))), Pass)
    verdict = judge(Crawl((page("/", "max-age=0", YEAR),)))
    assert isinstance(verdict, Fail)
    assert "first of 2" in verdict.findings[0].detail


def test_a_host_without_it_is_named_once_and_a_sound_host_is_seen() -> None:
    crawl = Crawl(
        (page("/", YEAR), page("/", host="www.portal.example"), page("/a", host="www.portal.example"))
    )
    verdict = judge(crawl)
    assert isinstance(verdict, Fail)
    assert [f.subject for f in verdict.findings] == ["https://www.portal.example/"]
    assert [s.subject for s in verdict.seen] == ["https://portal.example/"]


@pytest.mark.parametrize(
    "other",
    [
        page("/no", status=404),
        page("/boom", status=500),
        page("/old", status=301),
        page("/app.js", media="text/javascript"),
        page("/api/v1/items", media="application/json", status=401),
    ],
)
def test_every_kind_of_answer_must_carry_it(other: Page) -> None:
    verdict = judge(Crawl((page("/", YEAR), other)))
    assert isinstance(verdict, Fail)
    assert [f.subject for f in verdict.findings] == [other.url]
    assert f"answer {other.exchange.status}" in verdict.findings[0].detail


def test_different_faults_are_named_apart() -> None:
    verdict = judge(Crawl((page("/"), page("/a", "max-age=0"))))
    assert isinstance(verdict, Fail)
    assert [f.subject for f in verdict.findings] == ["https://portal.example/", "https://portal.example/a"]


def test_not_asked_of_others() -> None:
    third = page("/lib.js", host="cdn.other.example")
    plain = page("/", scheme="http")
    number = page("/", host="192.0.2.7:8443")
    crawl = Crawl((page("/", YEAR), third, plain, number), third_parties=("cdn.other.example",))
    assert isinstance(judge(crawl), Pass)


@pytest.mark.parametrize("host", ["192.0.2.7", "192.0.2.7:8443", "[2001:db8::1]", "[2001:db8::1]:8443"])
def test_not_applicable_to_addresses(host: str) -> None:
    assert isinstance(judge(Crawl((page("/", host=host),))), NotApplicable)


def test_what_gave_no_answer_is_doubt() -> None:
    why = Missing(Cause.UNREACHABLE, "nobody answered in time", "again")
    gone = tuple(Unvisited(f"https://gone.example/{n}", why) for n in range(3))
    verdict = judge(Crawl((page("/", YEAR),), (Unvisited("https://portal.example/slow", why), *gone)))
    assert isinstance(verdict, Unknown)
    assert [d.subject for d in verdict.doubts] == ["https://portal.example/slow", "https://gone.example/"]
    assert isinstance(judge(Crawl(())), Unknown)


@pytest.mark.parametrize("example", CHECK.examples, ids=lambda e: e.says)
def test_examples(example: Example) -> None:
    assert type(CHECK.judge(*example.facts)) is example.expected


@given(st.text(max_size=60))
def test_any_value_is_either_seconds_or_an_error(value: str) -> None:
    with contextlib.suppress(ValueError):
        assert max_age(value) >= 0

"""How a browser reads an address, and where an answer leads it; the values are those of the WHATWG URL standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.sending_on.evading import (
    ELSEWHERE,
    NAMES,
    evasions,
    is_elsewhere,
    with_parameters,
    without,
)
from launchready.collect.sending_on.leading import Lead, Reading, leads, read_address
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

BASE = "https://portal.example/login?next=x"
OUT = "evil.example"

READ_AS = [
    ("/tickets?open=1", "portal.example", "/tickets?open=1"),
    ("tickets", "portal.example", "/tickets"),
    ("?page=2", "portal.example", "/login?page=2"),
    ("https://portal.example/x", "portal.example", "/x"),
    ("//evil.example/x", OUT, "/x"),
    ("///evil.example", OUT, "/"),
    ("/\\evil.example", OUT, "/"),
    ("\\\\evil.example", OUT, "/"),
    ("/\t/evil.example", OUT, "/"),
    ("/\n\r/evil.example/", OUT, "/"),
    (" \x01//evil.example", OUT, "/"),
    ("https:evil.example", "portal.example", "/evil.example"),
    ("https:/evil.example", "portal.example", "/evil.example"),
    ("https:\\\\evil.example", OUT, "/"),
    ("https:/\\evil.example", OUT, "/"),
    ("http:evil.example", OUT, "/"),
    ("http:/evil.example", OUT, "/"),
    ("HTTPS://EVIL.example", OUT, "/"),
    ("https://portal.example@evil.example", OUT, "/"),
    ("https://portal.example:443@evil.example/", OUT, "/"),
    ("https://evil.example\\@portal.example/", OUT, "/@portal.example/"),
    ("https://evil.example#@portal.example/", OUT, "/"),
    ("https://evil.example?@portal.example/", OUT, "/?@portal.example/"),
    ("https://evil%2eexample/", OUT, "/"),
    ("https://evil。example/", OUT, "/"),
    ("https://EVIL.example./", OUT, "/"),
    ("/%2f/evil.example", "portal.example", "/%2f/evil.example"),
    ("/.//evil.example", "portal.example", "//evil.example"),
    ("%2f%2fevil.example", "portal.example", "/%2f%2fevil.example"),
]


@pytest.mark.parametrize(
    ("written", "host", "path"), READ_AS, ids=[each[0].encode("unicode_escape").decode() for each in READ_AS]
)
def test_an_address_is_read_as_a_browser_reads_it(written: str, host: str, path: str) -> None:
    reading = read_address(BASE, written)
    assert (reading.host, reading.path) == (host, path)


def test_schemes_without_a_host_have_none() -> None:
    assert read_address(BASE, "javascript:alert(1)") == Reading("javascript", "", "alert(1)")
    assert read_address(BASE, "java\tscript:alert(1)") == Reading("javascript", "", "alert(1)")
    assert read_address(BASE, "mailto:a@b.example").host == ""


@given(st.text(max_size=60))
def test_any_text_can_be_read(written: str) -> None:
    reading = read_address(BASE, written)
    assert reading.scheme
    assert "/" not in reading.host


def answer(status: int = 200, body: str = "", *headers: tuple[str, str], media: str = "text/html") -> Answer:
    sent = (("Content-Type", media), *headers)
    shown = tuple((name.lower(), value) for name, value in sent)
    exchange = Exchange(
        "GET", BASE, status, shown, len(body), truncated=False, digest="~0", address="192.0.2.1"
    )
    return Answer(exchange, body.encode(), sent, "")


LEADS = [
    (answer(302, "<a href=/x>", ("Location", "//evil.example")), [Lead("location", "//evil.example")]),
    (answer(200, "", ("Location", "/x")), []),
    (answer(200, "", ("Refresh", "0; url=//evil.example")), [Lead("refresh", "//evil.example")]),
    (answer(200, '<meta http-equiv="Refresh" content="0;url=/x">'), [Lead("meta", "/x")]),
    (
        answer(200, '<script>window.location.href = "https:\\/\\/evil.example\\u002f";</script>'),
        [Lead("script", "https://evil.example/")],
    ),
    (answer(200, "<script>location.replace('/x')</script>"), [Lead("script", "/x")]),
    (answer(200, "<script>location.assign(`/x/${id}`)</script>"), []),
    (answer(200, '<script>if (location == "/x") go()</script>'), []),
    (answer(200, '<script type="application/json">{"a": "location = \'/x\'"}</script>'), []),
    (answer(200, "<!-- <a href=/x> --><p>location = '/x'</p>"), []),
    (answer(200, "<a href=/x>there</a><form action=/y></form>"), [Lead("link", "/x"), Lead("form", "/y")]),
    (answer(200, '{"redirect": "//evil.example"}', media="application/json"), []),
]


@pytest.mark.parametrize(("given_answer", "expected"), LEADS)
def test_what_an_answer_does_with_a_browser(given_answer: Answer, expected: list[Lead]) -> None:
    assert list(leads(given_answer)) == expected


def test_what_waits_for_a_click_can_be_left_out() -> None:
    assert list(leads(answer(200, "<a href=/x>there</a>"), shown=False)) == []


@pytest.mark.parametrize("own", ["portal.example.com", "portal.example.com:8443"])
def test_most_evasions_lead_a_browser_elsewhere_and_none_to_a_name_that_exists(own: str) -> None:
    base = f"https://{own}/login"
    readings = [(each, read_address(base, each.value)) for each in evasions(own, "example.com")]
    off = [each for each, reading in readings if is_elsewhere(reading.host, "example.com")]
    assert len(off) >= 15
    assert len({each.value for each, _ in readings}) == len(readings)
    for each, reading in readings:
        assert reading.host in ("portal.example.com", "") or is_elsewhere(reading.host, "example.com"), (
            each.says
        )


def test_the_first_evasions_are_the_plainest() -> None:
    first = [each.value for each in evasions("portal.example.com", "example.com")][:3]
    assert first == [f"https://{ELSEWHERE}/", f"//{ELSEWHERE}/", f"/\\{ELSEWHERE}/"]


def test_parameters_are_encoded_once_and_taken_out_again() -> None:
    url = with_parameters("https://portal.example/login?a=1", (("next", "/\t/x?y=1&z"),))
    assert url == "https://portal.example/login?a=1&next=%2F%09%2Fx%3Fy%3D1%26z"
    assert without(url, "next") == "https://portal.example/login?a=1"
    assert len(set(NAMES)) == len(NAMES)

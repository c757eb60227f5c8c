"""What an answer shows, and how much of it another answer shows as well."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.people.pieces import field_names, is_telling, kind_of, pieces
from launchready.collect.people.routes import ProtectedRoute
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer


def answer(body: bytes | str | Any, media: str = "text/html", status: int = 200) -> Answer:
    raw = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )
    exchange = Exchange(
        "GET",
        "https://portal.example/a",
        status,
        (("content-type", media),),
        len(raw),
        truncated=False,
        digest="",
        address="",
    )
    return Answer(exchange, raw, (), "")


def test_a_page_is_what_a_reader_sees_and_what_stands_in_its_fields() -> None:
    page = """<title>T</title><style>p{color:red}</style><script>var secret = "not shown"</script>
      <h1>Invoice  of
      March</h1><input type=hidden name=csrf value=abcdef><input value="Bergen"><textarea>Rope, 40 m</textarea>
      <select><option value=o1>Open</option></select><script type="application/json">{"a": {"city": "Galway", "n": 12}}</script>
      <svg><text>drawing</text></svg><!-- a comment -->"""
    shown = pieces(answer(page))
    assert shown >= {b"Invoice of March", b"Bergen", b"Rope, 40 m", b"Open", b"Galway", b"n=12"}
    assert not shown & {b"abcdef", b"drawing", b"a comment", b"p{color:red}"}


def test_json_is_its_leaves_and_what_belongs_to_the_answer_is_left_out() -> None:
    shown = pieces(
        answer(
            {
                "items": [{"id": 7, "paid": True, "name": "Ada"}],
                "csrf": "zzz",
                "requestId": "yyy",
                "none": None,
            },
            "application/json",
        )
    )
    assert shown == {b"id=7", b"paid=true", b"Ada"}
    assert field_names(answer({"a": [{"b": 1}]}, "application/problem+json")) == {"a", "b"}
    assert field_names(answer("<p>a")) == frozenset()


def test_a_file_is_one_value_and_a_table_its_lines() -> None:
    assert len(pieces(answer(b"%PDF-1.4\x00\x01", "application/pdf"))) == 1
    assert pieces(answer("name,city\nAda,Bergen\n", "text/csv")) == {b"name,city", b"Ada,Bergen"}
    assert pieces(answer(b"", "application/pdf")) == frozenset()
    feed = "<rss><item><title>Rope, 40 m</title><id>7</id></item></rss>"
    assert pieces(answer(feed, "application/rss+xml")) == {b"Rope, 40 m"}


@pytest.mark.parametrize(
    ("body", "media", "kind"),
    [
        ("<p>a", "text/html", "page"),
        ("<p>a", "", "page"),
        ("[]", "application/json", "api"),
        ('{"a":1}', "text/plain", "api"),
        (b"\x00", "application/pdf", "file"),
    ],
)
def test_kinds(body: Any, media: str, kind: str) -> None:
    assert kind_of(answer(body, media)) == kind


@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["text/html", "application/json", "text/csv", "", "application/pdf", "text/plain; charset=nope"]
    ),
)
def test_nothing_breaks_it(body: bytes, media: str) -> None:
    given_answer = answer(body, media)
    assert pieces(given_answer) == pieces(given_answer)
    assert all(len(each) >= 3 for each in pieces(given_answer))
    field_names(given_answer)


@pytest.mark.parametrize(
    "text", ["nora@northwind.test", "H-2026-1001", "Spring delivery", "Anything that is long enough"]
)
def test_what_tells(text: str) -> None:
    assert is_telling(text.encode())


@pytest.mark.parametrize("text", ["open", "Tickets", "17", "2026", "id=7"])
def test_what_may_stand_anywhere(text: str) -> None:
    assert not is_telling(text.encode()) or text == "id=7"


def route(*markers: bytes, kind: str = "page", **named: Any) -> ProtectedRoute:
    plain = answer("").exchange
    return ProtectedRoute("https://portal.example/a", "/a", kind, plain, plain, frozenset(markers), **named)


def test_a_route_is_shown_by_most_of_it_and_never_by_common_words_alone() -> None:
    mine = route(b"Tickets", b"open", b"H-2026-1001", b"Spring delivery to Bergen")
    assert mine.shows(answer("<p>H-2026-1001</p><p>open</p>"))
    assert not mine.shows(answer("<p>Tickets</p><p>open</p>"))
    assert not mine.shows(answer("<p>H-2026-1001</p>"))
    assert mine.shows(answer({"a": "H-2026-1001", "b": "Spring delivery to Bergen"}, "application/json"))
    assert not mine.shows(answer(""))


def test_somebody_elses_page_is_told_by_the_name_that_is_missing() -> None:
    mine = route(
        b"Role: client",
        b"nora@northwind.test",
        frame=frozenset((b"Invoices", b"Tickets", b"Log out", b"Hello, nora")),
    )
    frame = "<p>Invoices</p><p>Tickets</p><p>Log out</p>"
    other = answer(f"{frame}<p>Hello, sol</p><p>Role: client</p><p>sol@southgate.test</p>")
    names = ("nora@northwind.test", "nora")
    assert mine.is_of_another(other, names)
    assert not mine.is_of_another(answer(f"{frame}<p>Role: client</p><p>Hello, nora</p>"), names)
    assert not mine.is_of_another(answer("<h1>Sign in</h1>"), names)
    assert not mine.is_of_another(answer(f"{frame}<p>Something went wrong</p>"), names)
    assert not route(b"Role: client").is_of_another(other, names)


def test_somebody_elses_data_has_the_same_fields() -> None:
    mine = route(b"nora@northwind.test", kind="api", names=frozenset(("email", "role", "since")))
    assert mine.is_of_another(
        answer({"email": "sol@southgate.test", "role": "x", "since": 3}, "application/json"), ("nora",)
    )
    assert not mine.is_of_another(answer({"error": "x"}, "application/json"), ("nora",))

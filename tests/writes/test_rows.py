"""Which of what a list names belongs to the record that has just been made, and to no other."""

import pytest

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.beside import is_only_mentioned
from launchready.collect.reach.writing.canary import Canary, ids_in
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.rows import named_in, row_of

from .test_pure_parts import answer, page

AT = "https://portal.example"
MARK = "canary-1"


def row(number: int, title: str) -> str:
    acts = f"<form method=post action=/notes/{number}/delete><button>Delete</button></form>"
    return f"<tr><td><a href=/notes/{number}>{title}</a></td><td>{acts}</td></tr>"


def test_in_a_list_in_another_order_only_the_row_of_the_mark_is_ours() -> None:
    shown = page(f"<table>{row(4, 'Berths')}{row(9, MARK)}{row(5, 'Buoys')}</table>")
    found = row_of(shown, MARK, frozenset((f"{AT}/notes", f"{AT}/notes/3")))
    assert found.ids == {"9"}
    assert found.urls == {f"{AT}/notes/9", f"{AT}/notes/9/delete"}


def test_what_was_known_before_is_not_ours_however_near_it_stands() -> None:
    shown = page(f"<li>{MARK} <a href=/users/3>nora</a> <a href=/notes/9>open</a></li>")
    found = row_of(shown, MARK, frozenset((f"{AT}/users/3", f"{AT}/notes/8")))
    assert found.urls == {f"{AT}/notes/9"}
    assert f"{AT}/users/3" in found.names


def test_where_two_stand_equally_near_it_is_not_told_which() -> None:
    shown = page(f"<dl>{MARK}<dd><a href=/notes/9>a</a></dd><dd><a href=/notes/4>b</a></dd></dl>")
    assert len(row_of(shown, MARK, frozenset((f"{AT}/notes/8",))).ids) > 1


@pytest.mark.parametrize(
    ("body", "only"),
    [
        (f"<h1>Berths</h1><p>See also <a href=/notes/9>{MARK}</a></p>", True),
        (f"<h1>{MARK}</h1>", False),
        (f"<a href=/notes/7/file>{MARK}</a>", False),
        (f"<input name=title value={MARK}>", False),
    ],
    ids=["linked", "heading", "file-of-its-own", "field"],
)
def test_a_page_that_only_links_to_it_is_about_something_else(body: str, *, only: bool) -> None:
    assert is_only_mentioned(page(body), MARK) is only


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("/notes/9", {"9"}),
        ("/clients/2/notes/9", {"9"}),
        ("/notes?client=2&page=1", set()),
        ("/note?id=9", {"9"}),
        ("/notes/a-new-title", {"a-new-title"}),
    ],
)
def test_what_in_an_address_names_what_was_not_there_before(url: str, ids: set[str]) -> None:
    before = frozenset((f"{AT}/notes/4", f"{AT}/clients/2", f"{AT}/notes?client=2", f"{AT}/note?id=4"))
    assert set(ids_in(f"{AT}{url}", before)) == ids


def test_from_a_list_that_names_others_each_time_nothing_follows() -> None:
    made = Canary("nora", MARK, Operation("POST", f"{AT}/notes"), lists={f"{AT}/notes": None})
    made.own[f"{AT}/notes/9"] = None
    assert made.views == (f"{AT}/notes/9", f"{AT}/notes")
    made.unsteady.add(f"{AT}/notes")
    assert made.views == (f"{AT}/notes/9",)


def test_what_names_the_objects_of_json_is_named_too() -> None:
    shown = Page(f"{AT}/notes", answer('{"items": [{"id": 4}, {"slug": "b"}, {"x": 1}]}', "application/json"))
    assert named_in(shown) == {"id=4", "slug=b"}

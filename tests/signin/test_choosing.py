"""When does a page ask for which tenant one comes, and when does it only name one?"""

import pytest

from launchready.collect.people.choosing import choice_of
from launchready.collect.people.pages import Page
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

URL = "https://portal.test/where"


def page(html: str, status: int = 200) -> Page:
    headers = (("content-type", "text/html; charset=utf-8"),)
    exchange = Exchange(
        "GET", URL, status, headers, len(html), truncated=False, digest="", address="192.0.2.1"
    )
    return Page(URL, Answer(exchange, html.encode(), headers, ""))


def button(name: str, value: str) -> str:
    return (
        f'<form method="post" action="/go"><input type="hidden" name="space" value="{value}">'
        f"<button>{name}</button></form>"
    )


def test_of_several_buttons_the_one_with_its_name_is_pressed() -> None:
    choice = choice_of(page(button("Larch", "1") + button("Maple", "2")), "maple")
    assert choice
    assert choice.form
    assert ("space", "2") in choice.form.filled({})


def test_in_a_list_the_option_with_its_name_is_taken() -> None:
    html = '<form method="post"><select name="org"><option value="1">Larch<option value="2"> Maple </select></form>'
    choice = choice_of(page(html), "Maple")
    assert choice
    assert (choice.field, choice.value) == ("org", "2")


def test_a_link_with_its_name_is_followed() -> None:
    choice = choice_of(page('<a href="/w/1">Larch</a><a href="/w/2">Maple</a>'), "Maple")
    assert choice
    assert choice.link == "https://portal.test/w/2"


@pytest.mark.parametrize(
    ("html", "status", "tenant"),
    [
        (button("Larch", "1") + button("Maple", "2"), 200, ""),
        (button("Larch", "1") + button("Maple", "2"), 200, "Oak"),
        (button("Larch", "1") + button("Maple", "2"), 403, "Maple"),
        (button("Leave Maple", "1"), 200, "Maple"),
        ('<form method="post"><input name="note"><button>Maple</button></form>' * 2, 200, "Maple"),
        ('<a href="/maple">About Maple</a>', 200, "Maple"),
        ('<a href="/maple">Maple</a><a href="/logout">Log out</a>', 200, "Maple"),
        ("".join(f'<a href="/{n}">{n}</a>' for n in range(40)), 200, "7"),
    ],
    ids=[
        "no tenant",
        "another",
        "refused",
        "one button",
        "a field to type",
        "prose",
        "signed in",
        "many links",
    ],
)
def test_nothing_else_is_a_choice(html: str, status: int, tenant: str) -> None:
    assert choice_of(page(html, status), tenant) is None

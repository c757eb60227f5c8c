"""Forms by POST that only show what is chosen in them, told from those that do something with it."""

from urllib.parse import parse_qs

import pytest

from launchready.collect.reach.questions import chosen, questions, swapped
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

HERE = "https://portal.example/invoices"


def answer(form: str) -> Answer:
    body = f"<html><body>{form}</body></html>"
    headers = (("content-type", "text/html"),)
    exchange = Exchange(
        "GET", HERE, 200, headers, len(body), truncated=False, digest="~0", address="192.0.2.1"
    )
    return Answer(exchange, body.encode(), headers, "")


def listed(action: str, *ids: str, buttons: str = "<button>Go</button>", row: str = "") -> str:
    boxes = "".join(f'<p>{row}<input type=checkbox name=id value="{each}" checked></p>' for each in ids)
    return f'<form method=post action="{action}"><input type=hidden name=csrf value=mine-1>{boxes}{buttons}</form>'


@pytest.mark.parametrize(
    "form",
    [
        listed("/invoices/statement", "6"),
        listed("/invoices/chosen", "6", buttons="<button>Download as PDF</button>"),
        listed("/invoices/chosen", "6", buttons='<input type=submit value="Auszug drucken">'),
        listed("/invoices/chosen", "6", buttons="<button>明細を表示</button>"),
    ],
    ids=["address", "english", "german", "japanese"],
)
def test_what_only_shows(form: str) -> None:
    (found,) = questions(answer(form), HERE)
    assert chosen(found) == {"id": ("6",)}


@pytest.mark.parametrize(
    "form",
    [
        listed("/invoices/archive", "6", buttons="<button>Archive</button>", row="Overview of the year"),
        listed("/invoices/statement", "6", buttons="<button>Delete</button>"),
        listed("/invoices/statement", "6", buttons="<button>Send to me by mail</button>"),
        listed("/invoices/chosen", "6", buttons="<button>Print</button><button name=pay>Settle</button>"),
        listed("/invoices/statement", "6").replace("<p>", "<p><input type=text name=note>"),
        listed("/invoices/statement"),
    ],
    ids=["rows-say", "removes", "sends", "two-buttons", "typed", "no-records"],
)
def test_what_may_do_more(form: str) -> None:
    assert questions(answer(form), HERE) == ()


def test_ones_own_token_goes_with_the_records_of_another() -> None:
    (mine,) = questions(answer(listed("/invoices/statement", "6", "8")), HERE)
    (theirs,) = questions(answer(listed("/invoices/statement", "7", "8").replace("mine", "theirs")), HERE)
    ((name, call, nothing, plain),) = swapped(mine, theirs, HERE)
    assert name == "id"
    assert parse_qs(call.body.decode()) == {"csrf": ["mine-1"], "id": ["7"]}
    assert parse_qs(plain.body.decode()) == {"csrf": ["mine-1"], "id": ["6", "8"]}
    assert parse_qs(nothing.body.decode())["id"] not in (["6"], ["7"], ["8"])
    assert ("referer", HERE) in call.headers

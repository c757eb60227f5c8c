"""From raw messages to what is said of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from launchready.evidence.letters import Letter
from launchready.mailauth.known import Known
from launchready.mailauth.letter import read, shown

from .signing import UNTOLD, known_from, message, received, rsa_key, signed

SOUND: dict[str, str | tuple[str, ...]] = {
    "lab.test": "v=spf1 ip4:203.0.113.25 -all",
    "_dmarc.lab.test": "v=DMARC1; p=reject",
    "s1._domainkey.lab.test": rsa_key("lab.test")[1],
    "mailer.test": "v=spf1 ip4:203.0.113.25 -all",
    "s1._domainkey.mailer.test": rsa_key("mailer.test")[1],
}
RETURN = "Return-Path: <bounces@lab.test>"


def letter(raw: bytes, records: dict[str, Any] = SOUND, provider: str = "gmail") -> Letter:
    def evaluate(known: Known) -> Letter:
        return read(
            raw,
            known,
            provider=provider,
            address="nora+x1@northwind.test",
            arrived=datetime.now(UTC),
            folder="inbox",
            seconds=1.5,
        )

    return known_from(records, evaluate)


def test_a_sound_letter_passes_everything() -> None:
    found = letter(received(signed(message()), RETURN))
    assert found.ours is not None
    assert (found.ours.spf, found.ours.dkim, found.ours.dmarc, found.ours.arc) == (
        "pass",
        "pass",
        "pass",
        "none",
    )
    assert found.source == "203.0.113.25"
    assert [each.aligned for each in found.signatures] == ["strict"]
    assert (found.from_name, found.from_address, found.from_domain) == (
        "Harbour",
        "portal@lab.test",
        "lab.test",
    )
    assert (found.message_id, found.to_is_ours, found.plain_text, found.html) == (True, True, True, False)
    assert found.date_skew is not None
    assert abs(found.date_skew) < 60


def test_the_commonest_fault_everything_passes_for_the_sending_service() -> None:
    raw = received(
        signed(message(), "mailer.test"), "Return-Path: <b-17@mailer.test>", helo="out.mailer.test"
    )
    found = letter(raw)
    assert found.ours is not None
    assert (found.ours.spf, found.ours.dkim, found.ours.dmarc) == ("pass", "pass", "fail")
    assert found.ours.dkim_domains == ("mailer.test",)
    assert found.signatures[0].aligned == ""
    assert found.return_path == "…@mailer.test"


def test_without_a_sender_the_name_of_the_server_vouches() -> None:
    records = SOUND | {"mail.lab.test": "v=spf1 a:mail.lab.test ip4:203.0.113.25 -all"}
    found = letter(received(message(), "Return-Path: <>"), records)
    assert found.ours is not None
    assert (found.ours.spf, found.ours.spf_domain, found.ours.dmarc) == ("pass", "mail.lab.test", "pass")


@pytest.mark.parametrize(
    ("name", "spf", "dkim", "dmarc"),
    [
        ("lab.test", "temperror", "pass", "pass"),
        ("s1._domainkey.lab.test", "pass", "temperror", "pass"),
        ("_dmarc.lab.test", "pass", "pass", "temperror"),
    ],
)
def test_a_name_server_that_says_nothing_is_no_fail(name: str, spf: str, dkim: str, dmarc: str) -> None:
    found = letter(received(signed(message()), RETURN), SOUND | {name: UNTOLD})
    assert found.ours is not None
    assert (found.ours.spf, found.ours.dkim, found.ours.dmarc) == (spf, dkim, dmarc)


def test_where_the_way_does_not_show_spf_is_not_told() -> None:
    found = letter(f"{RETURN}\r\n".encode() + message())
    assert found.ours is not None
    assert (found.ours.spf, found.ours.dmarc, found.source) == ("untold", "untold", "")


def test_two_authors_are_none() -> None:
    raw = received(signed(message(From="a@lab.test, b@evil.test")), RETURN)
    found = letter(raw)
    assert found.ours is not None
    assert found.ours.dmarc == "permerror"


@pytest.mark.parametrize(
    ("headers", "field", "value"),
    [
        ({"From": "=?utf-8?q?H=C3=A4fen?= <portal@lab.test>"}, "from_name", "Häfen"),
        ({"From": '"=?utf-8?q?H=C3=A4fen?=" <portal@lab.test>'}, "from_domain", "lab.test"),
        ({"From": "portal@LAB.test"}, "from_domain", "lab.test"),
        ({"From": "nobody"}, "from_domain", ""),
        ({"From": ""}, "from_domain", ""),
        ({"Reply_To": "help@lab.test, Desk <desk@desk.test>"}, "reply_to", "help@lab.test, desk@desk.test"),
        ({"Reply_To": "reply+8f3a9c1d@lab.test"}, "reply_to", "…@lab.test"),
        ({"Reply_To": "us"}, "reply_to", "?"),
        ({"To": "Nora <NORA@northwind.test>"}, "to_is_ours", True),
        ({"To": "sol@southgate.test"}, "to_is_ours", False),
        ({"To": "undisclosed-recipients:;"}, "to_is_ours", False),
        ({"Message_ID": ""}, "message_id", False),
        ({"Message_ID": "12345"}, "message_id", False),
        ({"Date": ""}, "date_skew", None),
        ({"Date": "yesterday"}, "date_skew", None),
        ({"Auto_Submitted": "auto-generated"}, "auto_submitted", True),
        ({"Auto_Submitted": "no"}, "auto_submitted", False),
        ({"List_Unsubscribe": "<mailto:off@lab.test>"}, "list_unsubscribe", "mailto"),
        ({"List_Unsubscribe": "<mailto:off@lab.test>, <https://lab.test/off>"}, "list_unsubscribe", "https"),
        ({"List_Unsubscribe": "https://lab.test/off"}, "list_unsubscribe", "malformed"),
        ({"List_Unsubscribe": "<http://lab.test/off>"}, "list_unsubscribe", "malformed"),
    ],
)
def test_headers(headers: dict[str, str], field: str, value: object) -> None:
    assert getattr(letter(message(**headers)), field) == value


def test_one_click() -> None:
    raw = message(
        List_Unsubscribe="<https://lab.test/off>", List_Unsubscribe_Post="List-Unsubscribe=One-Click"
    )
    assert letter(raw).list_unsubscribe == "one-click"


def test_a_date_in_the_future_is_negative() -> None:
    later = (datetime.now(UTC) + timedelta(hours=5)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    skew = letter(message(Date=later)).date_skew
    assert skew is not None
    assert -18_060 < skew < -17_940


def test_nothing_of_its_text_is_kept() -> None:
    secret = "kZ3v9QxT2LmN8pRw"
    raw = received(
        signed(
            message(f"https://portal.lab.test/reset?token={secret}\r\n".encode(), Subject=f"Code {secret}")
        ),
        f"Return-Path: <bounces+{secret}@lab.test>",
    )
    assert secret.encode() not in msgspec.json.encode(letter(raw))


def test_few_rounds_of_questions() -> None:
    known, rounds = Known(), 0
    raw = received(signed(message()), RETURN)

    def evaluate(at: Known) -> Letter:
        now = datetime.now(UTC)
        return read(raw, at, provider="gmail", address="n@x.test", arrived=now, folder="inbox", seconds=0)

    from .signing import _answer

    while known.tried(evaluate) is None:
        rounds += 1
        known.add([_answer(SOUND, *question) for question in list(known.open)])
    assert rounds <= 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("portal@lab.test", "portal@lab.test"),
        ("no-reply@Lab.test", "no-reply@lab.test"),
        ("u8h2k@lab.test", "…@lab.test"),
        ("x", ""),
    ],
)
def test_addresses_are_shown_without_what_may_be_a_token(address: str, said: str) -> None:
    assert shown(address) == said

"""What a reset mail holds: links, codes, what they are made of, and how long they say that they are valid."""

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchready.collect.forgetting.mail import (
    bits,
    counts_up,
    derived_from,
    secret_in,
    stated_minutes,
    token_minutes,
)

NOW = 1_790_000_000.0
ADDRESS = "nora@northwind.test"
KNOWN = (("the address", ADDRESS), ("the user name", "nora"))
TOKEN = "kP3xw9Zr_7mQe2Lt5VbN8sYc1Ug4Ha6d"
PORTAL = "https://portal.example"


@pytest.mark.parametrize(
    ("links", "value"),
    [
        ([f"{PORTAL}/", f"{PORTAL}/reset/{TOKEN}"], TOKEN),
        ([f"{PORTAL}/reset?email={ADDRESS}&token={TOKEN}"], TOKEN),
        ([f"{PORTAL}/accounts/reset/MQ/cabc12-{'0a1b2c3d' * 4}/"], "cabc12-" + "0a1b2c3d" * 4),
        ([f"{PORTAL}/#/reset?token={TOKEN}"], TOKEN),
        ([f"{PORTAL}/logo.png?v={TOKEN}{TOKEN}", f"{PORTAL}/reset/{TOKEN}"], TOKEN),
        ([f"{PORTAL}/unsubscribe/{TOKEN}{TOKEN}", f"{PORTAL}/reset/{TOKEN}"], TOKEN),
        ([f"{PORTAL}/help/how-to-choose-a-good-password-that-lasts", f"{PORTAL}/reset/4821"], "4821"),
    ],
)
def test_the_link_with_the_secret_is_found_and_its_secret_part(links: list[str], value: str) -> None:
    found = secret_in(links, "", [each for _, each in KNOWN])
    assert found is not None
    assert found.value == value
    assert found.value in found.link or "%" in found.link
    assert value not in repr(found)


def test_a_mail_without_any_way_in_has_none() -> None:
    links = [f"{PORTAL}/", f"{PORTAL}/help/contact", f"{PORTAL}/profile?email={ADDRESS}"]
    assert secret_in(links, "Your password was changed on 12 May 2026.", [ADDRESS]) is None


@pytest.mark.parametrize(
    "text", ["Your code is 482913.", "Code: 482 913\n\nIt is valid for 10 minutes.", "482913 is your code"]
)
def test_a_code_is_found_where_there_is_no_link(text: str) -> None:
    found = secret_in([f"{PORTAL}/"], text, [ADDRESS])
    assert found is not None
    assert (found.value, found.link, found.host) == ("482913", "", "")


def test_a_made_up_link_looks_like_the_real_one() -> None:
    found = secret_in([f"{PORTAL}/reset/{TOKEN}"], "", [])
    assert found is not None
    other = found.changed(found.link)
    assert other != found.link
    assert sorted(other) == sorted(found.link)
    same = secret_in([f"{PORTAL}/reset/1111"], "", [])
    assert same is not None
    assert same.changed(same.link) != same.link


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("482913", 19),
        ("4821", 13),
        ("0a1b2c3d" * 4, 128),
        (str(uuid.UUID(int=1 << 120, version=4)), 128),
        (TOKEN, 192),
        ("abz123abz123", 62),
    ],
)
def test_bits_are_those_of_the_smallest_alphabet(value: str, expected: int) -> None:
    assert bits(value) == expected


MADE = [
    (ADDRESS, "just the address"),
    (hashlib.md5(ADDRESS.encode()).hexdigest(), "the MD5 of the address"),
    (hashlib.sha256(b"nora").hexdigest(), "the SHA256 of the user name"),
    (base64.urlsafe_b64encode(ADDRESS.encode()).decode(), "the base64 form of the address"),
    (
        base64.b64encode(hashlib.sha1(ADDRESS.encode()).digest()).decode().rstrip("="),
        "the SHA1 of the address",
    ),
    (hashlib.md5(b"3").hexdigest(), "the MD5 of the number of the account"),
    (hashlib.md5(b"18231").hexdigest(), "the MD5 of the number of the account"),
    (str(int(NOW) - 4), "the clock"),
    (str(int(NOW * 1000) + 123), "the clock"),
    (hashlib.sha1(str(int(NOW) - 100).encode()).hexdigest(), "the SHA1 of the clock"),
    (hashlib.md5(f"{ADDRESS}:{int(NOW) + 3}".encode()).hexdigest(), "the MD5 of the address and the clock"),
    (
        base64.b64encode(f"{ADDRESS}:{int(NOW)}".encode()).decode(),
        "the base64 form of the address and the clock",
    ),
    (str(uuid.uuid1()), "a UUID of version 1, which is the clock and the machine"),
]


@pytest.mark.parametrize(("value", "expected"), MADE, ids=[each[1] for each in MADE])
def test_what_is_made_of_known_things_is_told(value: str, expected: str) -> None:
    assert derived_from(value, KNOWN, NOW) == expected


RANDOM: dict[str, Callable[[], str]] = {
    "as long as MD5": lambda: secrets.token_hex(16),
    "as long as SHA-1": lambda: secrets.token_hex(20),
    "as long as SHA-256": lambda: secrets.token_hex(32),
    "base64url": lambda: secrets.token_urlsafe(32),
    "UUID of version 4": lambda: str(uuid.uuid4()),
    "six digits": lambda: "482913",
}


@pytest.mark.parametrize("kind", RANDOM)
def test_what_is_random_is_not_accused(kind: str) -> None:
    assert derived_from(RANDOM[kind](), KNOWN, NOW) == ""


def test_neighbours_are_told_from_strangers() -> None:
    assert counts_up("00012345", "00012346")
    assert counts_up("0a1b2c3d4e5f", "0a1b2c3d4e61")
    assert not counts_up("482913", "119201")
    assert not counts_up(TOKEN, TOKEN)
    assert not counts_up(secrets.token_hex(16), secrets.token_hex(16))


STATED = [
    ("This link lets you choose one within half an hour.", 30),
    ("The link is valid for 60 minutes.", 60),
    ("It expires in 24 hours.", 1440),
    ("This link will expire in one hour.", 60),
    ("Der Link ist 2 Stunden gültig.", 120),
    ("Der Link läuft in einer Stunde ab.", 60),
    ("Ce lien est valable une heure.", 60),
    ("Este enlace caduca en 3 días.", 4320),
    ("Deze link is 30 minuten geldig.", 30),
    ("Ссылка действительна 15 минут.", 15),
    ("このリンクは24時間有効です。", 1440),
    ("链接30分钟内有效。", 30),
    ("Choose a new password here.", 0),
    ("Our team answers within 2 days. The link is valid for 30 minutes.", 0),
    ("We answer on 3 days of the week.\n\nThe link is valid for 30 minutes.", 30),
]


@pytest.mark.parametrize(("text", "minutes"), STATED, ids=[each[0][:24] for each in STATED])
def test_how_long_is_read_in_many_languages_and_left_where_it_is_unclear(text: str, minutes: int) -> None:
    assert stated_minutes(text) == minutes


def jwt(**claims: float) -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=")
        for each in ({"alg": "HS256"}, claims)
    ]
    return ".".join((*parts, secrets.token_urlsafe(32)))


def test_a_signed_token_says_how_long_it_lives() -> None:
    assert token_minutes(jwt(iat=NOW, exp=NOW + 900), NOW) == 15
    assert token_minutes(jwt(exp=NOW + 900), NOW) == 15
    assert token_minutes(jwt(sub=1), NOW) == 0
    assert token_minutes(TOKEN, NOW) == 0


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert stated_minutes(text) >= 0
    secret_in([text], text, [])
    bits(text or "x")
    derived_from(text[:50] or "x", (), NOW)

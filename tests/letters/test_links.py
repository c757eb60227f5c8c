"""Which links a letter has, what they are for, and where they lead."""

import base64
import json
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.mailing.found_links import FoundLink, links_in

TOKEN = "kZ3v9QxT2LmN8pRwYh5sJc7B"
RESET = f"https://portal.lab.test/reset/{TOKEN}"
HOSTS = ("portal.lab.test", "www.lab.test")
UUID = "3f2b8c1a-1111-4222-8333-123456789abc"


def letter(text: str = "", html: str = "", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "portal@lab.test", "nora@northwind.test"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if text or not html:
        mail.set_content(text)
    if html:
        (mail.add_alternative if text else mail.set_content)(html, subtype="html")
    return mail.as_bytes()


def found(raw: bytes, kind: str = "password-reset") -> list[FoundLink]:
    return list(links_in(raw, kind, HOSTS, "nora@northwind.test"))


def roles(raw: bytes, kind: str = "password-reset") -> dict[str, str]:
    return {each.url: each.role for each in found(raw, kind)}


def test_a_link_of_both_parts_is_one() -> None:
    (link,) = found(letter(f"Here:\n{RESET}.\n", f'<a href="{RESET}">Here</a>'))
    assert (link.url, link.role) == (RESET, "action")
    assert link.secret is not None
    assert link.secret.value == TOKEN


def test_the_token_makes_the_action_wherever_it_stands() -> None:
    text = f"https://portal.lab.test/\nhttps://portal.lab.test/help/how-it-works\n{RESET}\nhttps://social.test/{TOKEN[::-1]}"
    assert list(roles(letter(text)).values()) == ["other", "other", "action", "other"]


def test_without_a_token_the_first_way_into_the_portal_is_the_action() -> None:
    text = f"https://social.test/{TOKEN}\nhttps://portal.lab.test/\nhttps://portal.lab.test/tickets/17"
    links = found(letter(text), "notification")
    assert [(each.role, each.secret is not None) for each in links] == [
        ("other", False),
        ("other", False),
        ("action", False),
    ]


@pytest.mark.parametrize(
    ("link", "kind", "secret"),
    [
        (f"https://portal.lab.test/approvals/{UUID}", "approval", False),
        (f"https://portal.lab.test/invite/{UUID}", "invite", True),
        (f"https://portal.lab.test/act?token={UUID}", "approval", True),
        ("https://portal.lab.test/tickets/20261126", "notification", False),
        ("https://portal.lab.test/?utm_source=mail&utm_campaign=autumn-letter", "notification", False),
        ("https://portal.lab.test/reset?email=nora@northwind.test", "password-reset", False),
        (f"https://portal.lab.test/#/reset?token={TOKEN}", "password-reset", True),
        ("https://portal.lab.test/approve?request=7&code=8431", "approval", True),
        ("https://portal.lab.test/approve?request=8431", "approval", False),
    ],
)
def test_what_is_a_token(link: str, kind: str, *, secret: bool) -> None:
    (only,) = found(letter(link), kind)
    assert (only.secret is not None) == secret


@pytest.mark.parametrize(
    "around",
    [
        f"https://click.mailer.test/c?u={quote(RESET, safe='')}",
        f"https://click.mailer.test/c?u={quote(quote(RESET, safe=''), safe='')}",
        f"https://click.mailer.test/CL0/{quote(RESET, safe=':')}/1/0100/x=406",
        f"https://click.mailer.test/ls/{base64.urlsafe_b64encode(RESET.encode()).decode().rstrip('=')}/1",
        f"https://click.mailer.test/t?q={base64.b64encode(json.dumps({'url': RESET}).encode()).decode()}",
    ],
)
def test_the_portals_address_inside_anothers(around: str) -> None:
    (only,) = found(letter(around), "invite")
    assert only.role == "action"
    assert only.inside.startswith(RESET)


def test_a_host_that_signs_people_in_and_sends_them_back_is_no_tracker() -> None:
    link = f"https://auth.lab-id.test/verify?token={TOKEN}&redirect_to={quote('https://portal.lab.test/welcome', safe='')}"
    (only,) = found(letter(link))
    assert (only.role, only.inside) == ("action", "")
    assert only.secret is not None


@pytest.mark.parametrize(
    "wrapped",
    [
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(RESET, safe='')}&data=05%7C02%7Cx",
        f"https://urldefense.com/v3/__{RESET}__;!!AbC!x$",
        "https://urldefense.proofpoint.com/v2/url?u="
        + RESET.replace("://", "-3A__").replace("/", "_")
        + "&d=DwMF",
    ],
)
def test_what_the_receivers_own_provider_puts_before_a_link_is_taken_off(wrapped: str) -> None:
    (only,) = found(letter(wrapped))
    assert only.url == RESET


def test_unsubscribing_and_pictures() -> None:
    html = (
        f'<a href="{RESET}">Go</a> <a href="https://portal.lab.test/abmelden?u={TOKEN[:20]}">x</a>'
        f'<img src="https://pixel.test/o.gif?t={TOKEN}"><img src="https://cdn.test/logo.png"><img src="cid:1">'
        '<table background="https://cdn.test/b.png" style="background:url(https://cdn.test/s.png)">'
    )
    links = found(letter(html=html, List_Unsubscribe="<https://portal.lab.test/off>"))
    assert [(each.url.partition("?")[0], each.role, each.secret is not None) for each in links] == [
        ("https://portal.lab.test/reset/" + TOKEN, "action", True),
        ("https://portal.lab.test/abmelden", "unsubscribe", False),
        ("https://pixel.test/o.gif", "image", True),
        ("https://cdn.test/logo.png", "image", False),
        ("https://cdn.test/b.png", "image", False),
        ("https://cdn.test/s.png", "image", False),
    ]


def test_what_has_no_host() -> None:
    html = '<a href="/reset/x">a</a> <a href="{{ action_url }}">b</a> <a href="#top">c</a> <a href="mailto:x@y.test">d</a>'
    assert [each.url for each in found(letter(html=html))] == ["/reset/x", "{{ action_url }}"]
    assert found(letter(html=f'<base href="https://portal.lab.test/">{html}')) == []


def test_a_token_keeps_its_last_character() -> None:
    (only,) = found(letter(f"{RESET}_\n"))
    assert only.url == RESET + "_"


def test_nothing_of_it_shows_in_its_repr() -> None:
    assert TOKEN not in repr(found(letter(RESET)))


@given(st.binary(max_size=200))
def test_whatever_stands_there_breaks_nothing(junk: bytes) -> None:
    head = b"From: a@b.test\r\nContent-Type: text/html\r\n\r\n"
    found(head + b'<a href="https://' + junk + b'">x</a> https://' + junk)

"""Does the mailbox server do what mail clients ask of it?"""

import imaplib
import re
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from launchready_testbed import Bed

NORA = "nora@northwind.test"


class _ToBed(imaplib.IMAP4_SSL):
    """Connects to loopback and checks the certificate against the server's name."""

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:  # noqa: ARG002 - the module hands it over
        import socket

        raw = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        return self.ssl_context.wrap_socket(raw, server_hostname="imap.lab.test")


def connected(bed: Bed) -> imaplib.IMAP4_SSL:
    context = ssl.create_default_context(cafile=bed.ca_file)
    return _ToBed("imap.lab.test", bed.imap_port, ssl_context=context)


def signed_in(bed: Bed, name: str = "nora") -> imaplib.IMAP4_SSL:
    client = connected(bed)
    user, password = (bed.secret_file(name, kind).read_text() for kind in ("username", "mailbox"))
    client.login(user, password)
    return client


@pytest.fixture
def nora(bed: Bed, visitor: Any) -> Iterator[imaplib.IMAP4_SSL]:
    """A client that looks, without changing anything, at a mailbox with two letters in it."""
    for _ in range(2):
        visitor.post("/forgot", {"email": NORA, "csrf": visitor.get("/forgot").csrf})
    client = signed_in(bed)
    client.select(readonly=True)
    yield client
    client.logout()


def letter(client: imaplib.IMAP4_SSL, place: int = 1) -> EmailMessage:
    _, ((_, raw), _) = client.fetch(str(place), "(BODY.PEEK[])")  # type: ignore[misc,str-unpack] # so imaplib answers
    found = message_from_bytes(raw, policy=default)  # type: ignore[has-type]
    assert isinstance(found, EmailMessage)
    return found


def test_a_letter_is_whole_and_well_formed(nora: imaplib.IMAP4_SSL) -> None:
    found = letter(nora)
    assert found["to"] == NORA
    assert found["from"].addresses[0].addr_spec == "portal@lab.test"
    assert found["subject"] == "Choose a new password"
    assert found["message-id"].endswith("@lab.test>")
    assert found["date"].datetime
    text, page = found.get_body(("plain",)), found.get_body(("html",))
    assert text
    assert page
    (link,) = [line for line in text.get_content().splitlines() if line.startswith("https://")]
    assert f'href="{link}"' in page.get_content()
    assert not found.defects


def test_each_letter_has_a_name_of_its_own(nora: imaplib.IMAP4_SSL) -> None:
    assert letter(nora, 1)["message-id"] != letter(nora, 2)["message-id"]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("ALL", b"1 2"),
        ("UNSEEN", b"1 2"),
        ("SEEN", b""),
        ("UID 2:*", b"2"),
        ("UID 7:*", b"2"),
        ("1", b"1"),
        ("SINCE 1-Jan-2020", b"1 2"),
        ("BEFORE 1-Jan-2020", b""),
        ('HEADER Auto-Submitted "generated"', b"1 2"),
        ('HEADER Message-ID "nothing like it"', b""),
        (f"TO {NORA}", b"1 2"),
        ("TO sol@southgate.test", b""),
        ('FROM "portal@lab.test"', b"1 2"),
        ('SUBJECT "new password"', b"1 2"),
        ('SUBJECT "invited"', b""),
        ('BODY "half an hour"', b"1 2"),
        ('NOT SUBJECT "new password"', b""),
        ("OR 1 SEEN", b"1"),
        ("(1 UNSEEN) 1:2", b"1"),
        ("CHARSET UTF-8 SUBJECT password", b"1 2"),
        ("LARGER 1000000", b""),
    ],
)
def test_letters_are_searched(nora: imaplib.IMAP4_SSL, keys: str, found: bytes) -> None:
    assert nora.uid("SEARCH", keys) == ("OK", [found])
    assert nora.search(None, keys) == ("OK", [found])


@pytest.mark.parametrize(
    "command",
    [
        "SEARCH",
        "SEARCH COLOUR blue",
        "SEARCH SINCE yesterday",
        "FETCH 1 (BODY[",
        "FETCH x FLAGS",
        "FETCH 1 COLOUR",
        "EXPUNGE",
    ],
)
def test_what_makes_no_sense_is_refused_and_the_talk_goes_on(nora: imaplib.IMAP4_SSL, command: str) -> None:
    name, _, rest = command.partition(" ")
    with pytest.raises(imaplib.IMAP4.error):
        nora._simple_command(name, rest)  # type: ignore[attr-defined] # as the module's own methods do
    assert nora.noop()[0] == "OK"


def test_a_look_leaves_no_trace_and_reading_does(bed: Bed, nora: imaplib.IMAP4_SSL) -> None:
    nora.fetch("1", "(BODY[])")
    assert nora.store("1", "+FLAGS", "(\\Seen)")[0] == "NO"
    assert nora.search(None, "UNSEEN") == ("OK", [b"1 2"])
    other = signed_in(bed)
    other.select()
    other.fetch("1", "(BODY.PEEK[])")
    assert other.search(None, "UNSEEN") == ("OK", [b"1 2"])
    other.fetch("1", "(BODY[TEXT])")
    assert other.search(None, "UNSEEN") == ("OK", [b"2"])
    other.store("1", "-FLAGS", "(\\Seen)")
    assert other.search(None, "UNSEEN") == ("OK", [b"1 2"])
    other.logout()


def test_parts_of_a_letter_are_shown(nora: imaplib.IMAP4_SSL) -> None:
    whole = letter(nora).as_bytes()
    _, found = nora.uid(
        "FETCH", "1", "(UID RFC822.SIZE FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (TO SUBJECT)])"
    )
    (head, fields), _ = found
    assert head.startswith(b"1 (UID 1 RFC822.SIZE ")
    assert imaplib.Internaldate2tuple(head)
    assert fields == b"To: nora@northwind.test\r\nSubject: Choose a new password\r\n\r\n"
    _, ((_, start), _) = nora.fetch("1", "(BODY.PEEK[]<0.5>)")  # type: ignore[misc,str-unpack]
    assert start == whole[:5]  # type: ignore[has-type]


def test_new_letters_are_told_of(bed: Bed, nora: imaplib.IMAP4_SSL, visitor: Any) -> None:
    visitor.post("/forgot", {"email": NORA, "csrf": visitor.get("/forgot").csrf})
    nora.noop()
    assert nora.uid("SEARCH", "UID 3:*") == ("OK", [b"3"])


def test_a_wrong_password_opens_nothing(bed: Bed) -> None:
    client = connected(bed)
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        client.login(NORA, "wrong")
    with pytest.raises(imaplib.IMAP4.error):
        client._simple_command("SELECT", "INBOX")  # type: ignore[attr-defined] # select() would not even ask
    client.logout()


def test_a_mailbox_is_opened_with_plain_authentication_and_listed(bed: Bed) -> None:
    client = connected(bed)
    user, password = (bed.secret_file("sol", kind).read_text() for kind in ("username", "mailbox"))
    client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    assert client.list(pattern="INBOX") == ("OK", [b'(\\HasNoChildren \\Marked) "/" INBOX'])
    assert client.status("INBOX", "(MESSAGES UIDNEXT)") == ("OK", [b"INBOX (MESSAGES 0 UIDNEXT 1)"])
    assert client.select("Nothing")[0] == "NO"
    client.logout()


def by_token(client: imaplib.IMAP4_SSL, user: str, token: str) -> str:
    said = f"user={user}\1auth=Bearer {token}\1\1".encode()
    asked: list[bytes] = []

    def answer(challenge: bytes) -> bytes:
        asked.append(challenge)
        return said if len(asked) == 1 else b""

    return client.authenticate("XOAUTH2", answer)[0]


def test_a_token_opens_a_mailbox_too(bed: Bed) -> None:
    user, token = (bed.secret_file("sol", kind).read_text() for kind in ("username", "token"))
    client = connected(bed)
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        by_token(client, user, "wrong")
    with pytest.raises(imaplib.IMAP4.error):
        by_token(client, NORA, token)
    assert by_token(client, user, token) == "OK"
    client.logout()


def folders(client: imaplib.IMAP4_SSL, command: str = '"" "*"') -> dict[str, str]:
    status, _ = client._simple_command("LIST", command)  # type: ignore[attr-defined]
    assert status == "OK"
    _, lines = client.response("LIST")
    found = (re.fullmatch(rb'\((.*)\) "/" "?([^"]*)"?', line) for line in lines if isinstance(line, bytes))
    return {each[2].decode(): each[1].decode() for each in found if each}


@pytest.mark.parametrize(
    ("name", "junk"), [("nora", "[Gmail]/Spam"), ("sol", "Junk"), ("sam", "Junk"), ("ada", "Junk")]
)
def test_each_provider_has_folders_of_its_own(bed: Bed, name: str, junk: str) -> None:
    client = signed_in(bed, name)
    found = folders(client)
    assert [folder for folder, attributes in found.items() if "\\Junk" in attributes] == [junk]
    assert folders(client, '"" "INBOX"').keys() == {"INBOX"}
    assert set(folders(client, '(SPECIAL-USE) "" "*" RETURN (CHILDREN)')) < set(found)
    assert not {each for each in folders(client, '"" "%"') if "/" in each}
    for each, attributes in found.items():
        assert (client.select(f'"{each}"', readonly=True)[0] == "OK") == ("\\Noselect" not in attributes)
    assert ("X-GM-EXT-1" in client.capability()[1][0].decode()) == (name == "nora")
    client.logout()


def test_gmail_shows_labels_and_finds_by_category(nora: imaplib.IMAP4_SSL) -> None:
    assert nora.uid("SEARCH", 'UID 1:* X-GM-RAW "category:promotions"') == ("OK", [b""])
    assert nora.uid("SEARCH", 'X-GM-RAW "category:primary"') == ("OK", [b"1 2"])
    assert nora.uid("FETCH", "1", "(X-GM-LABELS)") == ("OK", [b'1 (X-GM-LABELS ("\\\\Inbox") UID 1)'])
    nora.select('"[Gmail]/All Mail"', readonly=True)
    assert nora.search(None, "ALL") == ("OK", [b"1 2"])


def test_names_with_odd_signs_go_as_literals(bed: Bed) -> None:
    client = connected(bed)
    client.literal = b'wrong "\\ one'
    assert client._simple_command("LOGIN", NORA)[0] == "NO"  # type: ignore[attr-defined]
    client.logout()


def test_curl_reads_mail(bed: Bed, look: Callable[[str], str], nora: Any) -> None:
    assert (
        look("$ mail nora\n< Subject: Choose a new password\n< https://portal.lab.test:{https}/reset/") == ""
    )
    assert look("$ link nora 1\n< https://portal.lab.test:{https}/reset/") == ""
    assert look("$ mail sol\n< Subject") != ""


def test_switching_empties_the_mailboxes(bed: Bed, nora: imaplib.IMAP4_SSL) -> None:
    first = nora.response("UIDVALIDITY")
    bed.switch(())
    again = signed_in(bed)
    assert again.select(readonly=True) == ("OK", [b"0"])
    assert again.response("UIDVALIDITY") != first
    again.logout()


def test_an_outage_of_mail_is_silent(bed: Bed) -> None:
    import socket

    bed.outage("imap")
    raw = socket.create_connection(("127.0.0.1", bed.imap_port), timeout=10)
    context = ssl.create_default_context(cafile=bed.ca_file)
    with context.wrap_socket(raw, server_hostname="imap.lab.test") as connection:
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    bed.outage(None)
    signed_in(bed).logout()


def test_no_password_of_a_mailbox_opens_another(bed: Bed) -> None:
    client = connected(bed)
    with pytest.raises(imaplib.IMAP4.error):
        client.login(NORA, bed.secret_file("sol", "mailbox").read_text())
    client.logout()


def test_the_certificate_is_checked_against_the_name(bed: Bed) -> None:
    command = (
        f"curl -s --cacert {bed.ca_file} --connect-to ::127.0.0.1: imaps://imap.example.org:{bed.imap_port}/"
    )
    assert (
        subprocess.run(["bash", "-c", command], check=False, capture_output=True, timeout=30).returncode == 60
    )

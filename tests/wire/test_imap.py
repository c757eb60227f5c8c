"""Mailboxes are read through the gate, and stay as they were."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from launchready.errors import ConnectionRefused, Refused, SignInFailed, TimedOut, TlsFailed, Unreachable
from launchready.site import Site
from launchready.wire import Touch, Wire, imap_session
from launchready_testbed.mail.imap import ImapServer
from launchready_testbed.mail.post_office import Mailbox as Inbox
from launchready_testbed.mail.post_office import PostOffice

HOST = "mail.example.org"
NORA = "nora@example.com"
PASSWORD = "open-" + "sesame"


def letter(subject: str = "Hello", to: str = NORA, body: str = "Hello Nora") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "portal@example.com", to, subject
    made.set_content(body)
    return made


@dataclass
class Mail:
    """A mail server, and a wire to read it with."""

    post: PostOffice
    server: ImapServer
    wire: Wire
    inbox: Inbox

    @property
    def mailbox(self) -> Any:
        return self.wire._site.mailboxes[0]

    def send(self, *letters: EmailMessage) -> None:
        for each in letters:
            assert self.post.deliver(each) == 1


Start = Callable[..., Any]


@pytest.fixture
def start(loopback: Any, tmp_path: Path) -> Start:
    """Starts a mail server; keywords change the portal file's mailbox, or what stands around it."""
    (tmp_path / "secret").write_text(PASSWORD)

    @asynccontextmanager
    async def started(
        *,
        certified: str = HOST,
        consent: Touch = Touch.SIGN_IN,
        patience: float = 5.0,
        addresses: tuple[str, ...] = ("127.0.0.0/8",),
        trusted: bool = True,
        **mailbox: Any,
    ) -> AsyncIterator[Mail]:
        post = PostOffice()
        inbox = post.open(NORA, PASSWORD)
        server = ImapServer(post)
        port = await server.start("127.0.0.1", loopback.tls(certified))
        entry = {"name": "nora", "address": NORA, "imap_host": HOST, "imap_port": port} | {
            "password": f"file:{tmp_path / 'secret'}"
        }
        async with loopback.names({HOST: ("127.0.0.1",)}) as names:
            site = Site.model_validate(
                {
                    "portal": {"url": "https://127.0.0.1/"},
                    "scope": {"addresses": addresses},
                    "crawl": {"timeout": patience},
                    "resolver": {"nameservers": [names.address]},
                    "tls": {"extra_ca": [loopback.ca_file] if trusted else []},
                    "mailbox": [{**entry, **mailbox}],
                },
                by_alias=True,
            )
            try:
                async with loopback.wire(site, consent) as wire:
                    yield Mail(post, server, wire, inbox)
            finally:
                server.close()

    return started


async def test_messages_are_read_and_the_mailbox_stays_as_it_was(start: Start, loopback: Any) -> None:
    async with start() as mail:
        mail.send(letter("First"), letter("Second", body="See https://portal.example.com/reset/abc, soon."))
        found = await mail.wire.imap.messages_since(mail.mailbox, 0)
        assert [message.mail["subject"] for message in found] == ["First", "Second"]
        assert [message.uid for message in found] == [1, 2]
        assert found[0].text == "Hello Nora\n"
        assert found[1].links == ("https://portal.example.com/reset/abc",)
        assert all(not each.flags for each in mail.inbox.letters)
        assert "Hello" not in repr(found)
    (line,) = loopback.lines
    assert (line["method"], line["who"], line["address"]) == ("EXAMINE", "nora", "127.0.0.1")
    assert line["url"] == f"imaps://{HOST}:{mail.mailbox.imap_port}/INBOX"
    assert line["bytes"] > 500
    assert PASSWORD not in loopback.journal.getvalue()


async def test_only_what_came_later_is_read(start: Start) -> None:
    async with start() as mail:
        imap = mail.wire.imap
        assert await imap.newest_uid(mail.mailbox) == 0
        mail.send(letter("Old"))
        newest = await imap.newest_uid(mail.mailbox)
        assert newest == 1
        assert await imap.messages_since(mail.mailbox, newest) == ()
        mail.send(letter("New"))
        (found,) = await imap.messages_since(mail.mailbox, newest)
        assert found.mail["subject"] == "New"
        mail.inbox.clear()
        assert await imap.messages_since(mail.mailbox, 0) == ()


async def test_messages_since_a_moment(start: Start) -> None:
    async with start() as mail:
        mail.send(letter("Old"), letter("New"))
        now = dt.datetime.now(dt.UTC)
        mail.inbox.letters[0].arrived = now - dt.timedelta(minutes=5)
        mail.inbox.letters[1].arrived = now
        found = await mail.wire.imap.messages_since(mail.mailbox, now - dt.timedelta(seconds=1))
        assert [message.mail["subject"] for message in found] == ["New"]
        assert found[0].arrived == now.replace(microsecond=0)


async def test_messages_to_one_address_and_not_too_many(start: Start) -> None:
    async with start() as mail:
        tagged = "nora+invite@example.com"
        mail.send(letter("1"), letter("2", to=tagged), letter("3", to=tagged), letter("4"))
        read = mail.wire.imap.messages_since
        assert [m.mail["subject"] for m in await read(mail.mailbox, 0, to=tagged)] == ["2", "3"]
        assert [m.mail["subject"] for m in await read(mail.mailbox, 0, most=1)] == ["4"]
        assert await read(mail.mailbox, 0, to='"\\') == ()


async def test_a_message_that_is_awaited_comes_or_not(start: Start) -> None:
    async with start() as mail:
        mail.send(letter("Old"))

        def reset(message: Any) -> bool:
            return bool(message.mail["subject"] == "Reset")

        waiting = asyncio.create_task(mail.wire.imap.wait_for(mail.mailbox, reset, since=1, patience=30))
        await asyncio.sleep(0.3)
        mail.send(letter("Other"), letter("Reset"))
        found = await waiting
        assert found
        assert found.uid == 3
        assert await mail.wire.imap.wait_for(mail.mailbox, reset, since=3, patience=0.3) is None


async def test_a_wait_that_is_given_up_ends(start: Start) -> None:
    async with start() as mail:
        waiting = asyncio.create_task(
            mail.wire.imap.wait_for(mail.mailbox, lambda _: False, since=0, patience=600)
        )
        await asyncio.sleep(0.3)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_a_page_only_message_has_links_too(start: Start) -> None:
    async with start() as mail:
        made = letter()
        made.set_content(
            '<p><a href="https://portal.example.com/r?a=1&amp;b=2">Go</a> https://portal.example.com/r?a=1&amp;b=2</p>',
            subtype="html",
        )
        mail.send(made)
        (found,) = await mail.wire.imap.messages_since(mail.mailbox, 0)
        assert found.text == ""
        assert found.links == ("https://portal.example.com/r?a=1&b=2",)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no header at all",
        b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<a href=https:",
        b"Subject: =?utf-8?q?=ff=fe?=\r\nTo: <<<>>>\r\nContent-Type: \xff\r\n\r\nhttps://[\r\n",
        bytes(range(256)) * 8,
    ],
)
async def test_broken_messages_break_nothing(start: Start, raw: bytes) -> None:
    async with start() as mail:
        mail.inbox.put(raw)
        mail.send(letter("Sound"))
        found = await mail.wire.imap.messages_since(mail.mailbox, 0)
        assert found[-1].mail["subject"] == "Sound"
        for message in found:
            assert isinstance(message.header("To") + message.header("Subject") + message.text, str)
            assert isinstance(message.links, tuple)


async def test_a_huge_message_is_left_out(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_session, "LARGEST_MESSAGE", 1000)
    async with start() as mail:
        mail.send(letter("Huge", body="x " * 1000), letter("Small"))
        found = await mail.wire.imap.messages_since(mail.mailbox, 0)
        assert [message.mail["subject"] for message in found] == ["Small"]


async def test_a_mailbox_that_sends_without_end_is_left(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_session, "MOST_BYTES", 5000)
    async with start() as mail:
        mail.send(*(letter(body="x " * 1000) for _ in range(4)))
        with pytest.raises(Unreachable):
            await mail.wire.imap.messages_since(mail.mailbox, 0)


async def test_a_wrong_password_is_told_without_repeating_it(start: Start, loopback: Any) -> None:
    async with start() as mail:
        mail.inbox.password = "another"
        with pytest.raises(SignInFailed, match="does not take the name and password of nora") as caught:
            await mail.wire.imap.newest_uid(mail.mailbox)
    assert PASSWORD not in str(caught.value)
    (line,) = loopback.lines
    assert line["error"] == "SignInFailed"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "env:NO_SUCH_VARIABLE_AT_ALL"}, "is not set"),
        ({"password": None}, "no password"),
        ({"imap_host": None}, "no server"),
    ],
)
async def test_a_mailbox_that_is_not_described_is_not_read(
    start: Start, loopback: Any, given: dict[str, Any], words: str
) -> None:
    async with start(**given) as mail:
        with pytest.raises(SignInFailed, match=words):
            await mail.wire.imap.newest_uid(mail.mailbox)
    assert loopback.lines == []


async def test_no_mail_is_read_without_consent(start: Start, loopback: Any) -> None:
    async with start(consent=Touch.READ) as mail:
        with pytest.raises(Refused, match="no consent"):
            await mail.wire.imap.newest_uid(mail.mailbox)
    assert loopback.lines == []


async def test_a_mail_server_may_not_lead_inside_by_stealth(start: Start, loopback: Any) -> None:
    async with start(addresses=("10.0.0.0/8",)) as mail:
        with pytest.raises(Refused, match="not a public address"):
            await mail.wire.imap.newest_uid(mail.mailbox)
    assert loopback.lines == []


async def test_the_mail_server_is_no_host_of_the_portal(start: Start) -> None:
    async with start() as mail:
        await mail.wire.imap.newest_uid(mail.mailbox)
        with pytest.raises(Refused, match="outside the scope"):
            await mail.wire.http.fetch("GET", f"https://{HOST}:{mail.mailbox.imap_port}/")
        with pytest.raises(Refused, match="outside the scope"):
            await mail.wire.dns.addresses(HOST)


@pytest.mark.parametrize("given", [{"certified": "other.example.org"}, {"trusted": False}])
async def test_no_password_goes_to_a_server_whose_certificate_does_not_hold(
    start: Start, given: dict[str, Any]
) -> None:
    async with start(**given) as mail:
        with pytest.raises(TlsFailed):
            await mail.wire.imap.newest_uid(mail.mailbox)


async def test_silence_is_a_time_out(start: Start) -> None:
    async with start(patience=0.3) as mail:
        mail.server.become_silent(silent=True)
        with pytest.raises(TimedOut):
            await mail.wire.imap.newest_uid(mail.mailbox)


async def test_a_closed_port_refuses(start: Start, loopback: Any) -> None:
    async with start(imap_port=loopback.closed_port()) as mail:
        with pytest.raises(ConnectionRefused):
            await mail.wire.imap.newest_uid(mail.mailbox)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"* BYE go away\r\n",
        b"* OK hello\r\n",
        b"* OK [CAPABILITY IMAP4rev1] hello\r\n" + b"* x\r\n" * 50,
        b"x" * 2_000_000,
        b"* OK {99999999999}\r\n",
    ],
)
async def test_other_servers_and_broken_ones_end_in_one_sentence(
    start: Start, loopback: Any, said: bytes
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()
        await reader.read(1)
        writer.close()

    tls: ssl.SSLContext = loopback.tls(HOST)
    async with loopback.serve(answer, tls) as port, start(imap_port=port, patience=1.0) as mail:
        with pytest.raises(Unreachable) as caught:
            await mail.wire.imap.newest_uid(mail.mailbox)
    assert HOST in str(caught.value)

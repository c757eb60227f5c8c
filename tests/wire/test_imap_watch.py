"""What lands in a mailbox is seen in whatever folder, and the mailbox stays as it was."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from launchready.errors import SignInFailed, Unreachable
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.imap import Landed, Watch
from launchready_testbed.mail.imap import ImapServer
from launchready_testbed.mail.post_office import Mailbox as Inbox
from launchready_testbed.mail.post_office import PostOffice

HOST = "mail.example.org"
NORA = "nora@example.com"
PASSWORD = "open-" + "sesame"
TOKEN = "ya29." + "of-this-hour"
SOON = 30.0


def letter(subject: str) -> bytes:
    return f"From: portal@example.com\r\nTo: {NORA}\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()


def called(subject: str) -> Callable[[Landed], bool]:
    return lambda landed: landed.message.header("Subject") == subject


@dataclass
class Mail:
    server: ImapServer
    inbox: Inbox
    wire: Wire

    def watch(self) -> Any:
        return self.wire.imap.watch(self.wire._site.mailboxes[0])

    async def place(self, watch: Watch, subject: str) -> str:
        landed = await watch.first(called(subject), time.monotonic() + SOON)
        assert landed
        return landed.place


@pytest.fixture
def start(loopback: Any, tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "secret").write_text(PASSWORD)
    (tmp_path / "token").write_text(TOKEN)

    @asynccontextmanager
    async def started(provider: str = "imap", **mailbox: Any) -> AsyncIterator[Mail]:
        post = PostOffice()
        inbox = post.open(NORA, PASSWORD, provider, TOKEN)
        server = ImapServer(post)
        port = await server.start("127.0.0.1", loopback.tls(HOST))
        entry = {"name": "nora", "address": NORA, "imap_host": HOST, "imap_port": port, "provider": provider}
        secret = {"password": f"file:{tmp_path / 'secret'}"}
        async with loopback.names({HOST: ("127.0.0.1",)}) as names:
            site = Site.model_validate(
                {
                    "portal": {"url": "https://127.0.0.1/"},
                    "scope": {"addresses": ["127.0.0.0/8"]},
                    "crawl": {"timeout": 5.0},
                    "resolver": {"nameservers": [names.address]},
                    "tls": {"extra_ca": [loopback.ca_file]},
                    "mailbox": [{**entry, **(mailbox or secret)}],
                },
                by_alias=True,
            )
            try:
                async with loopback.wire(site, Touch.SIGN_IN) as wire:
                    yield Mail(server, inbox, wire)
            finally:
                server.close()

    return started


@pytest.mark.parametrize(
    ("provider", "lies"),
    [
        ("imap", {"inbox": "inbox", "junk": "junk", "archive": "archive"}),
        ("outlook", {"inbox": "inbox", "junk": "junk", "archive": "archive"}),
        (
            "gmail",
            {
                "inbox": "inbox",
                "junk": "junk",
                "promotions": "promotions",
                "updates": "updates",
                "archive": "archive",
            },
        ),
        ("apple", {"inbox": "inbox", "junk": "junk"}),
    ],
)
async def test_a_letter_is_seen_where_it_lies(start: Any, provider: str, lies: dict[str, str]) -> None:
    async with start(provider) as mail:
        mail.inbox.put(letter("Old"))
        async with mail.watch() as watch:
            for place in lies:
                mail.inbox.put(letter(place), place=place)
            await watch.swept()
            assert {each.message.header("Subject"): each.place for each in watch.landed} == lies
            assert all(b"Hello\r\n" in each.message.raw for each in watch.landed)
        assert all(not each.flags for folder in mail.inbox.folders.values() for each in folder.letters)


async def test_all_who_wait_share_one_session(start: Any, loopback: Any) -> None:
    async with start() as mail, mail.watch() as watch:
        waiting = [asyncio.create_task(mail.place(watch, subject)) for subject in ("One", "Two")]
        await asyncio.sleep(0.1)
        mail.inbox.put(letter("Two"), place="junk")
        mail.inbox.put(letter("One"))
        assert await asyncio.gather(*waiting) == ["inbox", "junk"]
        assert await watch.first(called("Three"), time.monotonic()) is None
    (line,) = loopback.lines
    assert line["method"] == "EXAMINE"
    assert PASSWORD not in loopback.journal.getvalue()


async def test_fifty_thousand_old_letters_cost_nothing(start: Any, loopback: Any) -> None:
    async def received(old: int) -> int:
        async with start() as mail:
            mail.inbox.fill(letter("Old"), old)
            async with mail.watch() as watch:
                mail.inbox.put(letter("New"))
                assert await mail.place(watch, "New") == "inbox"
        return int(loopback.lines[-1]["bytes"])

    few, many = await received(1), await received(50_000)
    assert many < few + 2000


async def test_numbers_that_start_anew_hide_nothing(start: Any) -> None:
    async with start() as mail:
        mail.inbox.fill(letter("Old"), 5)
        async with mail.watch() as watch:
            mail.inbox.clear()
            mail.inbox.fill(letter("Old"), 2)
            mail.inbox.put(letter("New"))
            assert await mail.place(watch, "New") == "inbox"
            assert [each.message.header("Subject") for each in watch.landed] == ["New"]


async def test_a_server_that_hangs_up_is_asked_again(start: Any) -> None:
    async with start() as mail, mail.watch() as watch:
        mail.server._cut()
        mail.inbox.put(letter("New"))
        assert await mail.place(watch, "New") == "inbox"


async def test_a_server_that_is_gone_ends_the_waiting(start: Any) -> None:
    async with start() as mail, mail.watch() as watch:
        mail.server.close()
        with pytest.raises(Unreachable):
            await watch.first(called("New"), time.monotonic() + SOON)


async def test_a_token_opens_a_mailbox_too(start: Any, tmp_path: Path) -> None:
    async with start("outlook", oauth_token=f"file:{tmp_path / 'token'}") as mail, mail.watch() as watch:
        mail.inbox.put(letter("New"))
        assert await mail.place(watch, "New") == "inbox"


async def test_a_token_that_has_run_out_is_told_without_repeating_it(start: Any, tmp_path: Path) -> None:
    async with start("outlook", oauth_token=f"file:{tmp_path / 'token'}") as mail:
        mail.inbox.token = "another"
        with pytest.raises(SignInFailed, match="does not take the access token of nora") as caught:
            async with mail.watch():
                pass
    assert TOKEN not in str(caught.value)
    assert "oauth_token" in caught.value.settle_by

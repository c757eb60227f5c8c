"""Mailboxes of the portal file, over IMAP with TLS from the first byte (RFC 8314); they stay as they were.

A mailbox is only examined and its messages are only peeked at, so nothing is marked as read. Its host need not be in
scope: the owner names it for this. A message is raw, so it is never evidence.
"""

import asyncio
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from imaplib import IMAP4
from typing import TypeVar

import certifi

from launchready.errors import (
    ConnectionRefused,
    Refused,
    SignInFailed,
    TimedOut,
    TlsFailed,
    Unreachable,
    UsageError,
    WireError,
)
from launchready.site import Site
from launchready.site.services import Mailbox
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate
from launchready.wire.imap_session import (
    Key,
    Message,
    Session,
    candidates,
    message_of,
    messages,
    newest_uid,
    sign_in,
    too_old,
)
from launchready.wire.imap_watch import Landed, Watch

__all__ = ["ImapWire", "Landed", "Message", "Watch"]

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds between two looks for a message that is awaited."""
_MOST_MAILBOXES = 32
"""Open at once."""
_MOST_SESSIONS = 4
"""For one watch: mail servers hang up now and then."""

Found = TypeVar("Found")


class ImapWire:
    """Reads mailboxes. Each call is a session of its own, in a thread, as imaplib waits for its answers."""

    def __init__(self, gate: Gate, dns: DnsWire, site: Site) -> None:
        self._gate, self._dns = gate, dns
        self._timeout = site.crawl.timeout
        self._extra_ca = site.tls.extra_ca
        # Of its own: one who watches keeps its thread as long as mail may take.
        self._threads = ThreadPoolExecutor(_MOST_MAILBOXES, "imap")

    async def newest_uid(self, mailbox: Mailbox) -> int:
        """The highest uid so far, 0 in a mailbox that never had a message: what comes later has a higher one.

        Raises:
            Refused: there is no consent, or the mailbox's host or address is not to be asked.
            SignInFailed: there is no password, or the mail server does not take it.
            Unreachable: the mail server did not answer usably.
        """
        return await self._session(mailbox, newest_uid)

    async def messages_since(
        self, mailbox: Mailbox, since: int | datetime, *, to: str = "", most: int = 20
    ) -> tuple[Message, ...]:
        """The newest messages, oldest first.

        Args:
            mailbox: where to look.
            since: only those with a higher uid, or that arrived at this moment (with a time zone) or later.
            to: only those whose To holds this.
            most: how many at most.

        Raises:
            WireError: as `newest_uid`.
        """
        return await self._session(mailbox, lambda session: messages(session, since, to, most))

    async def wait_for(
        self,
        mailbox: Mailbox,
        wanted: Callable[[Message], bool],
        *,
        since: int | datetime,
        patience: float,
        to: str = "",
    ) -> Message | None:
        """The first message that is `wanted`; None when none has come after so many seconds of `patience`.

        Args:
            mailbox: where to look.
            wanted: asked once for each message, in another thread.
            since: as in `messages_since`.
            to: as in `messages_since`.
            patience: seconds.

        Raises:
            WireError: as `newest_uid`.
        """
        given_up = threading.Event()
        end = time.monotonic() + patience

        def look(session: Session) -> Message | None:
            seen: set[int] = set()
            pause = FIRST_PAUSE
            while True:
                fresh = [uid for uid in candidates(session, since, to) if uid not in seen]
                for uid in fresh:
                    seen.add(uid)
                    message = message_of(session, uid)
                    if message and not too_old(message, since) and wanted(message):
                        return message
                left = end - time.monotonic()
                if left <= 0 or given_up.wait(min(pause, left)):
                    return None
                pause = min(pause * 1.5, LONGEST_PAUSE)
                session.noop()

        try:
            return await self._session(mailbox, look)
        finally:
            given_up.set()

    @asynccontextmanager
    async def watch(self, mailbox: Mailbox) -> AsyncIterator[Watch]:
        """Look on, from now until the block is left, at what lands in the mailbox, in whatever folder.

        Raises:
            WireError: as `newest_uid`.
        """
        watch = Watch(datetime.now(UTC))
        looking = asyncio.create_task(self._look_on(mailbox, watch))
        try:
            await watch.armed()
            yield watch
        finally:
            watch.end()
            await looking

    async def _look_on(self, mailbox: Mailbox, watch: Watch) -> None:
        for left in reversed(range(_MOST_SESSIONS)):
            try:
                await self._session(mailbox, watch.go_on)
            except WireError as error:
                if left and watch.is_armed and isinstance(error, Unreachable):
                    continue
                watch.fail(error)
            return

    async def _session(self, mailbox: Mailbox, work: Callable[[Session], Found]) -> Found:
        """Sign in, examine the inbox, do the work, sign out; one line in the journal."""
        kept = mailbox.oauth_token or mailbox.password
        if not mailbox.host or kept is None:
            raise SignInFailed(
                f"the mailbox {mailbox.name} cannot be read: its portal file gives no server or no password",
                "give imap_host and password in its [[mailbox]]",
            )
        try:
            secret = kept.resolve()
        except UsageError as error:
            raise SignInFailed(
                f"the mailbox {mailbox.name} cannot be read: {error}",
                "put its password where [[mailbox]] says",
            ) from None
        address = (await self._dns.addresses(mailbox.host, mailbox=True))[0]
        self._gate.spend(requests=1)
        begun, size, trouble = time.monotonic(), 0, ""
        try:
            key = Key(secret.get_secret_value(), kept is mailbox.oauth_token)
            found, size = await asyncio.get_running_loop().run_in_executor(
                self._threads, self._talk, mailbox, address, key, work
            )
        except WireError as error:
            trouble = type(error).__name__
            raise
        finally:
            self._gate.received(size)
            self._gate.journal(
                "EXAMINE",
                f"imaps://{mailbox.host}:{mailbox.imap_port}/INBOX",
                who=mailbox.name,
                error=trouble,
                milliseconds=(time.monotonic() - begun) * 1000,
                size=size,
                address=address,
            )
        return found

    def _talk(
        self, mailbox: Mailbox, address: str, key: Key, work: Callable[[Session], Found]
    ) -> tuple[Found, int]:
        """The whole session, in a thread; what it found, and how many bytes came in."""
        where = f"the mail server {mailbox.host}"
        try:
            session = Session(mailbox, address, self._context(), self._timeout)
            try:
                sign_in(session, mailbox, key)
                if session.select("INBOX", readonly=True)[0] != "OK":
                    raise Unreachable(f"{where} does not open the inbox of {mailbox.name}")
                return work(session), session.received
            finally:
                session.end()
        except WireError:
            raise
        except ssl.SSLError as error:
            reason = getattr(error, "verify_message", "") or (error.reason or "no reason").lower()
            raise TlsFailed(f"there is no TLS session with {where}: {reason}") from None
        except ConnectionRefusedError:
            raise ConnectionRefused(f"{where} refuses connections") from None
        except TimeoutError:
            raise TimedOut(f"{where} did not answer in time") from None
        except (IMAP4.error, OSError, ValueError, IndexError):
            # The text of the error may hold what the server said, and so a piece of a message.
            raise Unreachable(f"{where} did not answer as a mail server does") from None

    def _context(self) -> ssl.SSLContext:
        """Trusts what mail programs trust, and what the portal file adds."""
        context = ssl.create_default_context(cafile=certifi.where())
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # an extra CA may be an intermediate one
        for path in self._extra_ca:
            try:
                context.load_verify_locations(path)
            except (OSError, ssl.SSLError):
                raise Refused(f"the CA file {path} cannot be read", "correct extra_ca in [tls]") from None
        return context

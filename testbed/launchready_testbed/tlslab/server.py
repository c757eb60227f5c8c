"""How does one listener of the lab behave?

Nearly all do real TLS with the local OpenSSL; some answer certain offers by hand, or do something else than
TLS. The application behind it says "200 OK" to anything.
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from launchready_testbed.tlslab.flight import ByHand, Offer, alert, sslv2_server_hello
from launchready_testbed.tlslab.issuing import Signer

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
PLAIN = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PATIENCE = 5.0  # seconds that a client may take


@dataclass(frozen=True)
class Manner:
    """How a listener behaves.

    Attributes:
        chain: the leaf, whose key is used, and what is sent after it.
        oldest, newest: protocol versions of the library.
        ciphers: OpenSSL cipher list for versions up to 1.2; the library's default otherwise.
        dh: PEM text of Diffie-Hellman parameters.
        by_hand: what is agreed to by hand, first fit first.
        sslv2: agree to SSLv2.
        instead: bytes that answer anything, in place of TLS; None does TLS.
        silent: accept and never answer.
        closed: nobody listens.
        refuses: whether an offer is declined, and by which alert (description).
        ignores: whether an offer is never answered.
        name_warning: warn that the name is unknown, then go on.
        delay: seconds before the first answer.
        client_ca: require a client certificate by this authority.
        tickets: give out session tickets.
        greets_first: send `instead` without waiting for the client.
        abrupt: close without an alert where the library would send one.
    """

    chain: tuple[Signer, ...] = ()
    oldest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    ciphers: str = ""
    dh: str = ""
    by_hand: tuple[ByHand, ...] = ()
    sslv2: bool = False
    instead: bytes | None = None
    greets_first: bool = False
    silent: bool = False
    closed: bool = False
    refuses: Callable[[Offer], int | None] = field(default=lambda _offer: None)
    ignores: Callable[[Offer], bool] = field(default=lambda _offer: False)
    name_warning: bool = False
    delay: float = 0.0
    client_ca: Signer | None = None
    tickets: bool = True
    abrupt: bool = False

    def context(self, folder: Path) -> ssl.SSLContext:
        """The library's context; keys go through a file, as OpenSSL reads them from files only."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with warnings.catch_warnings():
            # Python rightly warns about old versions; here they are the point.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = self.oldest, self.newest
        context.set_ciphers(self.ciphers or "DEFAULT:@SECLEVEL=0")
        path = folder / "identity.pem"
        path.write_bytes(self.chain[0].key_pem + b"".join(each.pem for each in self.chain))
        context.load_cert_chain(path)
        if self.dh:
            path.write_text(self.dh)
            context.load_dh_params(str(path))
        if self.client_ca:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(cadata=self.client_ca.der)
        if not self.tickets:
            context.options |= ssl.OP_NO_TICKET
            context.num_tickets = 0
        path.unlink()
        return context


class Listener:
    """One port at one address."""

    def __init__(self, manner: Manner, folder: Path) -> None:
        self._manner = manner
        tls = bool(manner.chain) and manner.instead is None
        self._context = manner.context(folder) if tls else None
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self, address: str, port: int = 0) -> None:
        """Listens at `port`, or at a free one."""
        self._server = await asyncio.start_server(self._serve, address, port, backlog=256)
        self.port = self._server.sockets[0].getsockname()[1]
        if self._manner.closed:
            self._server.close()
            await self._server.wait_closed()

    async def close(self) -> None:
        """Ends the port and whatever is still connected."""
        if self._server:
            self._server.close()
        for task in tuple(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                async with asyncio.timeout(PATIENCE):
                    await self._answer(reader, writer)
        finally:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
            self._busy.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        manner = self._manner
        if manner.instead is not None and manner.greets_first:
            writer.write(manner.instead)
        first = await _first_record(reader)
        if manner.silent:
            await reader.read()
        await asyncio.sleep(manner.delay)
        if manner.instead is not None and not manner.greets_first:
            writer.write(manner.instead)
        elif manner.sslv2 and first[:1] >= b"\x80":
            writer.write(sslv2_server_hello(manner.chain[0]))
        elif self._context is not None:
            try:
                offer = Offer.read(first)
            except ValueError:
                return
            await self._shake_hands(offer, first, reader, writer)

    async def _shake_hands(
        self, offer: Offer, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answers an offer of TLS: not at all, by an alert, by hand, or by the library."""
        manner = self._manner
        if manner.ignores(offer):
            await reader.read()
            return
        if (description := manner.refuses(offer)) is not None:
            writer.write(alert(description))
            return
        for script in manner.by_hand:
            if flight := script.answer(offer, manner.chain):
                writer.write(flight)
                await writer.drain()
                await reader.read(1 << 14)
                return
        if manner.name_warning:
            writer.write(alert(112, level=1))
        await self._library(first, reader, writer)

    async def _library(
        self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """The handshake and one answer, by OpenSSL."""
        assert self._context is not None
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = self._context.wrap_bio(incoming, outgoing, server_side=True)
        incoming.write(first)
        done = False
        while True:
            try:
                if done:
                    session.read(1 << 14)
                    session.write(ANSWER)
                    writer.write(outgoing.read())
                    return
                session.do_handshake()
                done = True
                writer.write(outgoing.read())
            except ssl.SSLWantReadError:
                writer.write(outgoing.read())
                await writer.drain()
                chunk = await reader.read(1 << 14)
                if not chunk:
                    return
                incoming.write(chunk)
            except ssl.SSLError:
                if not self._manner.abrupt:
                    writer.write(outgoing.read())
                return


async def _first_record(reader: asyncio.StreamReader) -> bytes:
    """The first TLS record, whole; of anything else what comes first."""
    first = await reader.read(1 << 14)
    while first[:1] == b"\x16" and len(first) < max(5, 5 + int.from_bytes(first[3:5], "big")):
        more = await reader.read(1 << 14)
        if not more:
            break
        first += more
    return first

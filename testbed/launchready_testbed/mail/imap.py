"""How do people read their mail? A small IMAP4rev1 server (RFC 3501) with TLS from the first byte."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

from launchready_testbed.mail.conversation import LONGEST, Conversation
from launchready_testbed.mail.post_office import PostOffice


class ImapServer:
    """Serves every mailbox of a post office on one port; while `silent` it accepts and never answers."""

    def __init__(self, post: PostOffice, settled: Callable[[], Awaitable[object]] | None = None) -> None:
        """`settled` waits for the letters that are to be there before anybody looks."""
        self._post = post
        self._settled = settled
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.silent = False

    async def start(self, host: str, tls: ssl.SSLContext) -> int:
        """Opens a port and says which."""
        self._server = await asyncio.start_server(self._serve, host, 0, ssl=tls, limit=LONGEST)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def become_silent(self, silent: bool) -> None:  # noqa: FBT001 - a switch with two positions
        """Changes to silence or back, and cuts every connection when that is a change."""
        if silent != self.silent:
            self.silent = silent
            self._cut()

    def close(self) -> None:
        """Closes the port and every connection."""
        if self._server:
            self._server.close()
        self._cut()

    def _cut(self) -> None:
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        # Clients that break off, or speak no TLS, are no news.
        with suppress(OSError, EOFError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            if self.silent:
                await reader.read()
            else:
                await Conversation(self._post, reader, writer, self._settled).go_on()
        self._open.discard(writer)
        writer.close()

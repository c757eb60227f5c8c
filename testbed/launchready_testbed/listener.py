"""How does a TCP port behave: open, closed, or accepting and then silent?"""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import Any, Literal

from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.server import ServerState

Manner = Literal["open", "closed", "silent"]

BACKLOG = 1024
KEEP_ALIVE = 60  # seconds; longer than a crawl waits between two requests on a connection
BIND_TRIES, BIND_PAUSE = 25, 0.02  # a port that was just closed may need a moment, in seconds


class Listener:
    """One port that speaks HTTP, with or without TLS, as long as it is open."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._host = host
        self.port = 0
        self._config = Config(
            app,
            interface="asgi3",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",  # clients that break off or speak TLS to the plain port are no news
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE,
        )
        self._config.load()
        self._state = ServerState()
        self._silenced: set[asyncio.BaseTransport] = set()
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._present: tuple[Manner, ssl.SSLContext | None] = ("closed", None)

    async def become(self, manner: Manner, tls: ssl.SSLContext | None = None) -> None:
        """Changes to `manner` and, if that is a change, cuts every connection of the former one."""
        if (manner, tls) == self._present:
            return
        self._stop()
        self._present = (manner, tls)
        if manner == "closed":
            self._close_socket()
            return
        if self._socket is None:
            self._socket = await self._bind()
        loop = asyncio.get_running_loop()
        # A duplicate, so that the port stays ours while servers come and go.
        copy = self._socket.dup()
        if manner == "silent":
            self._server = await loop.create_server(
                lambda: _Silence(self._silenced), sock=copy, backlog=BACKLOG
            )
        else:
            self._server = await loop.create_server(self._protocol, sock=copy, ssl=tls, backlog=BACKLOG)

    def close(self) -> None:
        """Closes the port and every connection."""
        self._stop()
        self._close_socket()
        self._present = ("closed", None)

    def _protocol(self) -> asyncio.Protocol:
        made: Any = self._config.http_protocol_class  # declared as a plain protocol, which takes no arguments
        protocol: asyncio.Protocol = made(config=self._config, server_state=self._state, app_state={})
        return protocol

    def _stop(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for connection in tuple(self._state.connections):
            connection.transport.abort()
        for transport in tuple(self._silenced):
            transport.close()

    def _close_socket(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None

    async def _bind(self) -> socket.socket:
        """A listening socket on the port that was ours before, or on a free one at first."""
        for attempt in range(BIND_TRIES):
            made = socket.socket(
                socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
            )  # known as TCP, it is not delayed
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.setblocking(False)
            try:
                made.bind((self._host, self.port))
                made.listen(BACKLOG)
            except OSError:
                made.close()
                if attempt == BIND_TRIES - 1:
                    raise
                await asyncio.sleep(BIND_PAUSE)
                continue
            self.port = made.getsockname()[1]
            return made
        raise AssertionError("the loop returns or raises")


class _Silence(asyncio.Protocol):
    """Accepts and never answers."""

    def __init__(self, open_transports: set[asyncio.BaseTransport]) -> None:
        self._open = open_transports
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._open.discard(self._transport)

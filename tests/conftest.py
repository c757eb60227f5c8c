"""Servers on loopback that misbehave in every way a server can, name servers too, and a wire to look at them with."""

import asyncio
import inspect
import io
import json
import os
import re
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import hypothesis
import pytest
import trustme
from xdist.scheduler import LoadScopeScheduling

from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready_testbed import Bed

# How long an example takes says something of the machine, not of the code.
hypothesis.settings.register_profile("launchready", deadline=None)
hypothesis.settings.load_profile("launchready")

# Tests start launchready and its bed many times over: each start after the first finds them compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


LONG = ("real", "matrix", "testbed", "browser", "limits", "cli", "report", "signin", "writes")
"""Folders of tests that take long or wait much, those first that take longest."""
SHARED = ("tests/matrix/test_matrix.py", "tests/testbed/test_faults.py")
"""Files that are too long for one process."""
_ABOUT = re.compile(r"\[\w+/[a-z]+")


class ByFile(LoadScopeScheduling):
    """Where several processes share the tests, those of a file run in one: what the file starts, it starts once.

    Of a file that takes too long for that, those about faults whose names begin alike.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        about = _ABOUT.search(nodeid) if file in SHARED else None
        return f"{file}{about[0]}" if about else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share by file whatever --dist says: groups by mark are lost on the way from the newest pytest to xdist."""
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is alone with it in the end."""
    here = config.rootpath / "tests"
    order = {here / folder: place for place, folder in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.parent, len(order)))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function in a loop of its own."""
    test = pyfuncitem.obj
    if not inspect.iscoroutinefunction(test):
        return None
    asyncio.run(test(**{name: pyfuncitem.funcargs[name] for name in inspect.signature(test).parameters}))
    return True


@dataclass
class Asked:
    """One request as a portal sees it; the names of its headers are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @classmethod
    async def read(cls, reader: asyncio.StreamReader) -> "Asked":
        """The next request on a connection, with its body."""
        line, *lines = (await Loopback.head(reader)).split("\r\n")
        method, target, _ = line.split(" ")
        path, _, query = target.partition("?")
        named = (each.partition(":") for each in lines if each)
        headers = {name.strip().lower(): value.strip() for name, _, value in named}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return cls(method, path, dict(parse_qsl(query)), headers, body)

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (pair.strip().partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return {name: value for name, _, value in pairs if name}

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Loopback:
    """What a test needs: `serve`, `wire`, `names`, and what went into the journal."""

    authority: trustme.CA
    folder: Path
    journal: io.StringIO = field(default_factory=io.StringIO)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.journal.getvalue().splitlines()]

    @property
    def ca_file(self) -> str:
        path = self.folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return str(path)

    def tls(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*(names or ("localhost", "127.0.0.1"))).configure_cert(context)
        return context

    @asynccontextmanager
    async def serve(
        self, handler: Handler, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1", port: int = 0
    ) -> AsyncIterator[int]:
        """Let `handler` answer each connection; gives the port."""
        open_ones: set[asyncio.StreamWriter] = set()

        async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_ones.add(writer)
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await handler(reader, writer)
            writer.close()

        server = await asyncio.start_server(guarded, address, port, ssl=tls)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for writer in open_ones:
                writer.transport.abort()
            await asyncio.sleep(0.01)

    def site(self, *, host: str = "127.0.0.1", scope: dict[str, Any] | None = None, **sections: Any) -> Site:
        return Site(
            portal={"url": f"https://{host}/"},
            scope={"addresses": ["127.0.0.0/8", "::1/128"], **(scope or {})},
            **sections,
        )

    def wire(self, site: Site | None = None, consent: Touch = Touch.READ) -> Wire:
        return Wire(
            site or self.site(crawl={"timeout": 5.0}),
            journal=self.journal,
            attach=lambda _data, suffix: f"none{suffix}",
            consent=consent,
        )

    @staticmethod
    async def head(reader: asyncio.StreamReader) -> str:
        """Read one request without a body."""
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")

    def answering(self, raw: bytes, seen: list[str] | None = None) -> Handler:
        """The same answer to each request, on connections that are kept."""

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                head = await self.head(reader)
                if seen is not None:
                    seen.append(head)
                writer.write(raw)
                await writer.drain()

        return handle

    @staticmethod
    def http(body: bytes = b"", status: str = "200 OK", *headers: bytes) -> bytes:
        """An answer as it goes over the wire."""
        lines = [f"HTTP/1.1 {status}".encode(), b"Content-Length: %d" % len(body), *headers]
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    @staticmethod
    def closed_port() -> int:
        """A port on which nobody listens."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return int(free.getsockname()[1])

    @asynccontextmanager
    async def names(self, zone: dict[str, tuple[str, ...]], **named: Any) -> AsyncIterator["NameServer"]:
        """A name server; its `address` is ip:port."""
        answer = NameServer(zone, **named)
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: answer, local_addr=("127.0.0.1", 0)
        )
        answer.address = "{}:{}".format(*transport.get_extra_info("sockname"))
        try:
            yield answer
        finally:
            transport.close()
            await asyncio.sleep(0)


@dataclass
class NameServer(asyncio.DatagramProtocol):
    """Answers A and AAAA from `zone`, TXT from `texts`; of `broken` SERVFAIL, of `silent` nothing, else NXDOMAIN."""

    zone: dict[str, tuple[str, ...]]
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text().rstrip(".")
        self.asked.append(name)
        if name in self.silent:
            return
        response = dns.message.make_response(query)
        if name in self.broken:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif question.rdtype == dns.rdatatype.TXT and name in self.texts:
            quoted = [json.dumps(text) for text in self.texts[name]]
            response.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *quoted))
        elif name not in self.zone:
            response.set_rcode(dns.rcode.NXDOMAIN)
        else:
            wanted = dns.rdatatype.to_text(question.rdtype)
            fitting = [ip for ip in self.zone[name] if (":" in ip) == (wanted == "AAAA")]
            if fitting:
                response.answer.append(dns.rrset.from_text(question.name, 60, "IN", wanted, *fitting))
        self.transport.sendto(response.to_wire(), addr)  # type: ignore[attr-defined] # a datagram transport


@pytest.fixture(scope="session")
def running_bed() -> Iterator[Bed]:
    """The one test bed of this process."""
    with Bed.start() as started:
        yield started


@pytest.fixture(scope="module")
def bed(running_bed: Bed) -> Bed:
    """The test bed, as sound as at its start whatever another file did to it."""
    running_bed.outage(None)
    running_bed.switch(())
    return running_bed


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def loopback(authority: trustme.CA, tmp_path: Path) -> Loopback:
    return Loopback(authority, tmp_path)

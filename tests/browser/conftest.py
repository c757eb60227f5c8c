"""A small server on loopback that speaks TLS and plain HTTP on one port, name servers for it, and a real browser."""

import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
import trustme

from launchready.collect.html import parse
from launchready.evidence.http import Crawl, Page
from launchready.site import Site
from launchready.wire import Wire

HOSTS = ("portal.test", "cdn.test", "wrong.test")
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
Sent = tuple[int, str, bytes, tuple[tuple[str, str], ...]]
Act = Callable[[str, Message, bytes], Sent]
"""What answers a request: its method, headers and body are given."""


class Server(ThreadingHTTPServer):
    """Answers what `pages` says for a path; a first byte of 0x16 starts TLS."""

    daemon_threads = True

    def __init__(self, contexts: dict[str, ssl.SSLContext]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Sent] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.told: list[tuple[str, str, str]] = []
        self.open: set[socket.socket] = set()
        self.acts: dict[str, Act] = {}
        first = next(iter(contexts.values()))
        first.sni_callback = lambda sock, name, _: setattr(sock, "context", contexts.get(name or "", first))
        self.context = first

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def page(
        self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **headers: str
    ) -> None:
        sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.pages[path] = status, kind, body.encode() if isinstance(body, str) else body, sent

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the browser hangs up whenever it likes

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(20)
        if request.recv(1, socket.MSG_PEEK) == b"\x16":
            request = self.context.wrap_socket(request, server_side=True)
        self.open.add(request)
        try:
            with suppress(OSError):
                _Handler(request, client_address, self)
        finally:
            self.open.discard(request)
            request.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        scheme = "https" if isinstance(self.connection, ssl.SSLSocket) else "http"
        self.server.asked.append((scheme, self.headers.get("host", "").partition(":")[0], self.path))
        host, path = self.headers.get("host", "").partition(":")[0], self.path
        self.server.told.append((host, path, self.headers.get("authorization", "")))
        missing = (404, "text/html", b"<p>nothing here", ())
        path = self.path.partition("?")[0]
        asked = self.rfile.read(int(self.headers.get("content-length") or 0))
        if path in self.server.acts:
            status, kind, body, headers = self.server.acts[path](self.command, self.headers, asked)
        else:
            status, kind, body, headers = self.server.pages.get(path, missing)
        self.send_response(status)
        for name, value in (("content-type", kind), ("content-length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 -- the name that http.server asks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server(authority: trustme.CA) -> Iterator[Server]:
    contexts = {}
    for host in HOSTS:
        contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        name = "another.test" if host == "wrong.test" else host
        authority.issue_cert(name).configure_cert(contexts[host])
    with Server(contexts) as server:
        server.page("/i.gif", GIF, "image/gif")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        for each in tuple(server.open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture(scope="module")
def nameserver() -> Iterator[str]:
    """Every name under test. is on this machine; others do not exist."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.1)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    raw, client = sock.recvfrom(4096)
                except TimeoutError:
                    continue
                question = dns.message.from_wire(raw)
                reply = dns.message.make_response(question)
                name, kind = question.question[0].name, question.question[0].rdtype
                if not str(name).endswith(".test."):
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                elif kind == dns.rdatatype.A:
                    reply.answer.append(dns.rrset.from_text(name, 60, "IN", "A", "127.0.0.1"))
                sock.sendto(reply.to_wire(), client)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{sock.getsockname()[1]}"
        stop.set()
        thread.join()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


SiteMaker = Callable[..., Site]


@pytest.fixture(scope="module")
def make_site(server: Server, nameserver: str, ca_file: Path) -> SiteMaker:
    def make(hosts: tuple[str, ...] = ("cdn.test", "wrong.test"), **sections: Any) -> Site:
        return Site.model_validate(
            {
                "portal": {"name": "T", "url": f"https://portal.test:{server.port}/", "hosts": list(hosts)},
                "scope": {"addresses": ["127.0.0.0/8"], **sections.pop("scope", {})},
                "resolver": {"nameservers": [nameserver]},
                "tls": {"extra_ca": [str(ca_file)]},
                "crawl": {"requests_per_second": 1000, "timeout": 5.0, "browser_pages": 100},
                **sections,
            }
        )

    return make


class Bench:
    """A wire for one site, with what it attached and journalled."""

    def __init__(self, site: Site) -> None:
        self.site, self.journal = site, io.StringIO()
        self.attached: dict[str, bytes] = {}
        self.wire = Wire(site, journal=self.journal, attach=self._attach)

    def _attach(self, data: bytes, suffix: str) -> str:
        name = f"{len(self.attached)}{suffix}"
        self.attached[name] = data
        return name

    async def crawl(self, *urls: str) -> Crawl:
        """What a crawl of exactly these addresses would yield; each is a shape of its own."""
        pages = []
        for url in urls:
            answer = await self.wire.http.fetch("GET", url)
            parsed = parse(answer.body, answer.exchange, url, self.wire.redact)
            pages.append(Page(answer.exchange, url, "link", parsed.document))
        return Crawl(tuple(pages))


@pytest.fixture(scope="session", autouse=True)
def _needs_chromium() -> None:
    from launchready.wire import chromium

    try:
        chromium.executable("")
    except chromium.NoBrowserError as error:
        pytest.skip(f"{error}: install it with your system's packages (chromium, libnss3-tools)")

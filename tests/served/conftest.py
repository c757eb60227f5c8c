"""A portal on loopback that serves exactly what a test says, and the search of it."""

import asyncio
import io
import ssl
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import trustme

from launchready.collect.exposed import exposed_files
from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.collect.served import served_secrets
from launchready.evidence import Missing
from launchready.evidence.served import ExposedFiles, ServedSecrets
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.bodies import ROOM, Bodies

NOBODY = Missing(Cause.NOT_COLLECTED, "nobody to sign in as", "name somebody")
HTML, SCRIPT, JSON, TEXT = "text/html; charset=utf-8", "text/javascript", "application/json", "text/plain"


@dataclass(frozen=True)
class File:
    """One answer."""

    body: str | bytes
    kind: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def raw(self) -> bytes:
        data = self.body.encode() if isinstance(self.body, str) else self.body
        lines = [f"HTTP/1.1 {self.status} Such", f"Content-Type: {self.kind}", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    path: str
    cookies: dict[str, str]
    form: dict[str, str]
    number: int


GONE = File("<!doctype html><title>Not found</title><p>There is no such page.", status=404)
Served = Callable[[Request], File]


@dataclass
class Portal:
    """Answers with files by path, or with what a function says of each request.

    Attributes:
        files: answers by path.
        otherwise: what is answered at other paths.
        asked: every request, in order.
    """

    files: dict[str, File | Served] = field(default_factory=dict)
    otherwise: Served = lambda _request: GONE
    asked: list[Request] = field(default_factory=list)
    port: int = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            fields = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            body = (await reader.readexactly(int(fields.get("content-length", 0)))).decode()
            method, path, _ = first.split(" ")
            cookies = dict(part.strip().partition("=")[::2] for part in fields.get("cookie", "").split(";"))
            form = {name: values[0] for name, values in parse_qs(body).items()}
            request = Request(method, path, cookies, form, len(self.asked))
            self.asked.append(request)
            found = self.files.get(path, self.otherwise)
            writer.write((found if isinstance(found, File) else found(request)).raw())
            await writer.drain()


@dataclass
class Searched:
    """What came of it: facts, the portal, and all that was written down."""

    served: ServedSecrets
    exposed: ExposedFiles
    portal: Portal
    journal: str


Search = Callable[..., Any]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """search(portal, identities=…, exposed=…): looks at the portal as an audit would."""
    authority = trustme.CA()
    folder = tmp_path_factory.mktemp("served")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)

    async def run(
        portal: Portal, *people: str, exposed: bool = False, room: int = ROOM, **crawling: Any
    ) -> Searched:
        async with serving(portal, context):
            return await look(portal, folder, people, exposed=exposed, room=room, **crawling)

    return run


@asynccontextmanager
async def serving(portal: Portal, context: ssl.SSLContext) -> Any:
    server = await asyncio.start_server(guarded(portal), "127.0.0.1", 0, ssl=context)
    portal.port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        await asyncio.sleep(0.01)


def guarded(portal: Portal) -> Any:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await portal.handle(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    return handle


async def look(
    portal: Portal, folder: Path, people: tuple[str, ...], *, exposed: bool, room: int, **crawling: Any
) -> Searched:
    journal = io.StringIO()
    (folder / "password").write_text("right horse")
    site = Site(
        portal={"url": f"https://127.0.0.1:{portal.port}/"},
        scope={"addresses": ["127.0.0.0/8"]},
        tls={"extra_ca": [str(folder / "ca.pem")]},
        crawl={"timeout": 5.0, "requests_per_second": 1000, **crawling},
        identity=[
            {
                "name": name,
                "role": "client",
                "tenant": name,
                "username": f"{name}@example.com",
                "password": f"file:{folder / 'password'}",
            }
            for name in people
        ],
    )
    touch = Touch.SIGN_IN if people else Touch.READ
    async with Wire(site, journal=journal, attach=lambda _data, end: f"none{end}", consent=touch) as wire:
        wire.http.bodies = Bodies(room)
        everybody = People(wire, site)
        sessions = await everybody.everybody() if people else NOBODY
        seen = await crawl(wire, site, everybody, sessions)
        served = await served_secrets(wire, site, everybody, seen)
        nothing = ExposedFiles((), (), served.search)
        found = await exposed_files(wire, site, seen) if exposed else nothing
    return Searched(served, found, portal, journal.getvalue())


class Members:
    """Log-in, log-out and a session cookie for everybody whose password is right."""

    def __init__(self) -> None:
        self.sessions: dict[str, str] = {}

    def who(self, request: Request) -> str:
        return self.sessions.get(request.cookies.get("session", ""), "")

    def login(self, request: Request) -> File:
        name = request.form.get("email", "").partition("@")[0]
        if request.method == "POST" and request.form.get("password") == "right horse":
            key = f"k{len(self.sessions):07}" + "f3A9" * 8
            self.sessions[key] = name
            cookie = ("Set-Cookie", f"session={key}; Path=/; Secure; HttpOnly; SameSite=Lax")
            return File("", status=303, headers=(cookie, ("Location", "/desk")))
        return File(
            "<!doctype html><title>Log in</title><form method=post action=/login>"
            "<input name=email type=email><input name=password type=password><button>Log in</button></form>"
        )

    def page(self, words: Callable[[str, str], str]) -> Served:
        """A page behind the login; `words` is given the name and the session."""

        def answer(request: Request) -> File:
            who = self.who(request)
            if not who:
                return File("", status=302, headers=(("Location", "/login"),))
            menu = f"<p>Signed in as {who}@example.com</p><a href=/desk>Desk</a> <a href=/account>Account</a> <a href=/logout>Log out</a>"
            key = request.cookies["session"]
            return File(f"<!doctype html><title>Desk</title>{menu}{words(who, key)}")

        return answer

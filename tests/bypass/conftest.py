"""A small portal on loopback whose guard can be written wrongly in every way, and people who are signed in there."""

import asyncio
import base64
import hmac
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.conftest import Asked

from launchready.collect.people import People, SignedIn
from launchready.collect.people.proving import Mark
from launchready.evidence.http import Crawl, Exchange, Page
from launchready.evidence.sessions import Proof, Sessions, SessionStart
from launchready.site import Site
from launchready.wire import Touch, Wire

Reply = tuple[int, dict[str, str] | list[tuple[str, str]], bytes]
App = Callable[[Asked], Reply]


def page(main: str, *, user: str = "", status: int = 200) -> Reply:
    """A page with the portal's frame around it; with a greeting and a menu for those who are signed in."""
    menu = (
        f"<p>Hello, {user}</p><a href=/invoices>Invoices</a><a href=/tickets>Tickets</a>"
        "<form method=post action=/logout><input type=hidden name=csrf value=abc><button>Log out</button></form>"
        if user
        else "<a href=/login>Log in</a>"
    )
    text = f"<!doctype html><html><head><title>Portal</title></head><body><nav>{menu}</nav><main>{main}</main></body></html>"
    return status, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def data(value: Any, status: int = 200) -> Reply:
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


def away(where: str, **headers: str) -> Reply:
    return 302, {"Location": where, **headers}, b""


INVOICES = {
    "nora": ["H-2026-1001 Spring delivery", "H-2026-1002 Rope and tackle", "H-2026-1003 New oars"],
    "sol": ["H-2026-2001 Sail cloth", "H-2026-2002 Mast repair", "H-2026-2003 Storage"],
}
MAIL = {"nora": "nora@northwind.test", "sol": "sol@southgate.test"}


SIDS = {"Zk3dQ9xLw02mTb7RfVhYpA": "nora", "a81BcD2eF3gH4iJ5kL6mQw": "sol"}


def sid_of(user: str) -> str:
    return next(sid for sid, owner in SIDS.items() if owner == user)


KEY = bytes(range(32))


def armoured(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unarmoured(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def token(user: str, key: bytes = KEY, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A signed JSON Web Token, written without any library."""
    now = int(time.time())
    payload = {"sub": user, "aud": "portal", "iss": "portal", "iat": now, "exp": now + 900, **claims}
    head = {"alg": "HS256", "typ": "JWT", "kid": "k1", **(header or {})}
    signed = ".".join(armoured(json.dumps(each).encode()) for each in (head, payload))
    return f"{signed}.{armoured(hmac.new(key, signed.encode(), 'sha256').digest())}"


def read(text: str) -> tuple[dict[str, Any], dict[str, Any], str, bytes] | None:
    """Header, payload, what is signed, signature; None where it is no token."""
    try:
        head, payload, signature = text.split(".")
        return (
            json.loads(unarmoured(head)),
            json.loads(unarmoured(payload)),
            f"{head}.{payload}",
            unarmoured(signature),
        )
    except ValueError:
        return None


def signed(text: str, key: bytes) -> bool:
    """Whether this key signed it, with the one algorithm that counts."""
    found = read(text)
    if found is None or found[0].get("alg") != "HS256":
        return False
    return hmac.compare_digest(hmac.new(key, found[2].encode(), "sha256").digest(), found[3])


def verified(text: str, *, key: bytes = KEY, audience: str = "portal") -> str:
    """Whose token it is; "" unless all of it is right."""
    found = read(text)
    if found is None or not signed(text, key):
        return ""
    payload = found[1]
    fits = (
        payload.get("aud") == audience
        and payload.get("iss") == "portal"
        and payload.get("exp", 0) > time.time()
    )
    return str(payload["sub"]) if fits else ""


@dataclass
class Portal:
    """Sound as it stands: `who` says whose session a request carries, and every page asks it.

    Attributes:
        who: the user of a request, or "".
        session: what signs a user in, as request headers.
        around: answers before the guard does, or None.
    """

    who: Callable[[Asked], str] = lambda request: SIDS.get(request.cookies.get("sid", ""), "")
    session: Callable[[str], tuple[tuple[str, str], ...]] = lambda user: (("Cookie", f"sid={sid_of(user)}"),)
    around: Callable[[Asked], Reply | None] = lambda _request: None
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, request: Asked) -> Reply:
        self.asked.append(request)
        given = self.around(request)
        if given is not None:
            return given
        user = self.who(request)
        user = user if user in MAIL else ""
        return self.answer(request, user)

    def answer(self, request: Asked, user: str) -> Reply:
        public = {
            "/": "<h1>Welcome</h1><p>We repair boats and ropes since 1974, all along the coast.</p>",
            "/help": "<h1>Help</h1><p>Write to us and we will answer within two working days.</p>",
            "/login": "<h1>Sign in</h1><form method=post><input name=user><input type=password name=password></form>",
        }
        if request.path in public:
            return page(public[request.path], user=MAIL.get(user, ""))
        if request.path == "/api/status":
            return data({"status": "ok", "message": "All systems work."})
        if not user:
            return (
                data({"error": "Sign in first."}, 401) if request.path.startswith("/api/") else away("/login")
            )
        return self.inside(request, user)

    def inside(self, request: Asked, user: str) -> Reply:
        mine = INVOICES[user]
        if request.path == "/profile":
            return page(
                f"<h1>Profile of {user.title()}</h1><p>{MAIL[user]}</p><p>Member since 2019-04-02</p>",
                user=MAIL[user],
            )
        if request.path == "/invoices":
            return page("".join(f"<p>{each}</p>" for each in mine), user=MAIL[user])
        if request.path == "/api/invoices":
            return data(
                {"items": [{"id": n, "title": each} for n, each in enumerate(mine)], "owner": MAIL[user]}
            )
        if request.path == "/api/me":
            return data({"user_id": user, "email": MAIL[user], "role": "client", "csrf": "x"})
        return page("<h1>There is no such page.</h1>", user=MAIL[user], status=404)


@dataclass
class Hand(People):
    """People whose sessions are given, so that these tests need no login."""

    def __init__(
        self, wire: Wire, site: Site, session: Callable[[str], tuple[tuple[str, str], ...]], **more: Any
    ) -> None:
        super().__init__(wire, site)
        self._session = session
        self._more = more

    __hash__ = object.__hash__

    async def shared(self, name: str) -> SignedIn:
        identity = next(each for each in self.site.identities if each.name == name)
        visitor = self.stranger(Touch.SIGN_IN)
        visitor.name = name
        carriers = []
        for header, value in self._session(name):
            if header == "Cookie":
                for pair in value.split("; "):
                    cookie, _, secret = pair.partition("=")
                    visitor.set_cookie(cookie, secret, self.site.portal.url)
                    carriers.append(f"cookie {cookie}")
            else:
                visitor.headers = (*visitor.headers, (header, value))
                carriers.append(f"header {header.lower()}")
        record = start(name, tuple(carriers))
        mark = Mark(self.site.portal.url + "profile", "name", "says so", MAIL[name], "text/html")
        return SignedIn(identity, visitor, self.stranger(), None, None, record, mark, **self._more)

    @asynccontextmanager
    async def acting_as(self, name: str) -> AsyncIterator[SignedIn]:
        yield await self.shared(name)


def start(name: str, carriers: tuple[str, ...] = ()) -> SessionStart:
    nothing = Exchange("GET", "https://portal.example/", 200, (), 0, truncated=False, digest="", address="")
    proof = Proof("https://portal.example/", "name", "says so", nothing, nothing)
    return SessionStart(
        name,
        "client",
        name,
        admin=False,
        mfa=False,
        test=True,
        way="cookie",
        login_url="",
        proof=proof,
        carriers=carriers,
    )


@dataclass
class Harbour:
    """A running portal and what is needed to look at it."""

    site: Site
    people: People
    wire: Wire
    url: str

    async def crawl(
        self, *paths: str, names: tuple[str, ...] = ("nora",), public: tuple[str, ...] = ("/", "/help")
    ) -> Crawl:
        """What a crawl as these identities would have seen."""
        pages: list[Page] = []
        for path in public:
            answer = await self.people.stranger().fetch("GET", self.url + path)
            pages.append(Page(answer.exchange, self.url + path, "link"))
        for name in names:
            session = await self.people.shared(name)
            for path in (*public, *paths):
                answer = await session.visitor.fetch("GET", self.url + path)
                pages.append(Page(answer.exchange, self.url + path.replace("17", "{}"), "link", who=name))
        return Crawl(tuple(sorted(pages, key=lambda each: (each.url, each.who))))

    def sessions(self, *names: str) -> Sessions:
        return Sessions(tuple(map(start, names or ("nora",))))


@asynccontextmanager
async def running(
    loopback: Any,
    portal: Any,
    *,
    consent: Touch = Touch.PROBE,
    identity: dict[str, Any] | None = None,
    login: dict[str, Any] | None = None,
    **more: Any,
) -> AsyncIterator[Harbour]:
    """The portal on loopback; with `identity` its people sign in by themselves, else their sessions are given."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked = await Asked.read(reader)
            status, sent, content = portal(asked)
            pairs = list(sent.items()) if isinstance(sent, dict) else sent
            raw = [
                f"HTTP/1.1 {status} X",
                f"Content-Length: {len(content)}",
                *(f"{n}: {v}" for n, v in pairs),
            ]
            writer.write(
                "\r\n".join(raw).encode() + b"\r\n\r\n" + (b"" if asked.method == "HEAD" else content)
            )
            await writer.drain()

    context: ssl.SSLContext = loopback.tls()
    async with loopback.serve(handle, context) as port:
        url = f"https://localhost:{port}"
        identities = [
            {"name": name, "username": MAIL[name], "test": True, "cookie": "env:UNUSED"}
            for name in ("nora", "sol")
        ]
        site = Site(
            portal={"url": f"{url}/"},
            scope={"addresses": ["127.0.0.0/8", "::1/128"]},
            tls={"extra_ca": [loopback.ca_file]},
            crawl={"timeout": 5.0, "requests_per_second": 1000},
            identity=[identity] if identity else identities,
            login=login or {},
        )
        async with loopback.wire(site, consent) as wire:
            people = People(wire, site) if identity else Hand(wire, site, portal.session, **more)
            assert urlsplit(url).port == port
            yield Harbour(site, people, wire, url)


@pytest.fixture
def run(loopback: Any) -> Callable[..., Any]:
    return lambda portal, **named: running(loopback, portal, **named)


@pytest.fixture
def tools() -> Any:
    """What tests build portals from."""
    import sys

    return sys.modules[__name__]

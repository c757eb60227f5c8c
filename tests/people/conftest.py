"""A portal of a few lines for each test: real requests over TLS on loopback, and what it was asked."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Asked

from launchready.collect.people import People
from launchready.site import Site
from launchready.wire import Touch, Wire

FORM = (
    '<form method="post" action="/login"><input type="hidden" name="csrf" value="{csrf}">'
    '<input name="user"><input type="password" name="word"><button>Sign in</button></form>'
)


@dataclass
class Reply:
    """One answer; text that is no page is JSON."""

    body: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def raw(self) -> bytes:
        kind = "application/json" if self.body[:1] in "{[" and self.body else "text/html; charset=utf-8"
        data = self.body.encode()
        lines = [f"HTTP/1.1 {self.status} X", f"Content-Length: {len(data)}", f"Content-Type: {kind}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def go(path: str, *cookies: str) -> Reply:
    return Reply("", 303, (("Location", path), *(("Set-Cookie", each) for each in cookies)))


@dataclass
class Portal:
    """By default: a start page with a link, a form with a token, sessions by cookie, and a desk behind it.

    `answers` takes the place of the usual answer to "METHOD /path". `passwords_sent` counts submissions.
    """

    port: int = 0
    members: dict[str, str] = field(default_factory=lambda: {"nora@portal.test": "correct-horse"})
    answers: dict[str, Callable[[Asked], Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/"

    @property
    def passwords_sent(self) -> int:
        return sum(each.method == "POST" and bool(each.body) for each in self.asked)

    def who(self, asked: Asked) -> str:
        return self.sessions.get(asked.cookies.get("sid", ""), "")

    def begin(self, member: str) -> str:
        made = secrets.token_hex(16)
        self.sessions[made] = member
        return made

    def form(self, said: str = "", status: int = 200) -> Reply:
        token = secrets.token_hex(8)
        self.tokens.add(token)
        return Reply(said + FORM.replace("{csrf}", token), status)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        own = self.answers.get(f"{asked.method} {asked.path}")
        if own is not None:
            return own(asked)
        match f"{asked.method} {asked.path}":
            case "GET /":
                return Reply('<p>Welcome.</p><a href="/login">Sign in</a>')
            case "GET /login":
                return self.form()
            case "POST /login":
                return self.take(asked)
            case "GET /desk":
                return self.desk(asked)
        return Reply("<p>Nothing here.</p>", 404)

    def take(self, asked: Asked) -> Reply:
        sent = asked.form
        if sent.get("csrf") not in self.tokens:
            return Reply("<p>Forged.</p>", 403)
        self.tokens.discard(sent["csrf"])
        if self.members.get(sent.get("user", "")) != sent.get("word"):
            return self.form("<p>Name or password is wrong.</p>", 401)
        return go("/desk", f"sid={self.begin(sent['user'])}; Path=/; Secure; HttpOnly")

    def desk(self, asked: Asked) -> Reply:
        who = self.who(asked)
        return Reply(f"<h1>Desk</h1><p>{who}</p>") if who else go("/login")

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(self.answer(await Asked.read(reader)).raw())
            await writer.drain()


@dataclass
class Stage:
    """The portal, and who may sign in to it."""

    loopback: Any
    folder: Path
    portal: Portal = field(default_factory=Portal)

    def secret(self, text: str) -> str:
        path = self.folder / secrets.token_hex(6)
        path.write_text(text)
        return f"file:{path}"

    def nora(self, **fields: Any) -> dict[str, Any]:
        """The portal file's words on the one member."""
        own = {"name": "nora", "username": "nora@portal.test", "test": True}
        return {**own, "password": self.secret("correct-horse"), **fields}

    def site(self, *identities: dict[str, Any], **sections: Any) -> Site:
        given = {"portal": {"url": self.portal.url, "hosts": []}, **sections}
        return Site.model_validate(
            {
                "scope": {"addresses": ["127.0.0.0/8", "::1/128"]},
                "tls": {"extra_ca": [self.loopback.ca_file]},
                "crawl": {"timeout": 5.0, "requests_per_second": 1000.0},
                "identity": list(identities or (self.nora(),)),
                **given,
            },
            context={"folder": self.folder},
        )

    @asynccontextmanager
    async def people(
        self, *identities: dict[str, Any], consent: Touch = Touch.PROBE, **sections: Any
    ) -> AsyncIterator[People]:
        async with self.loopback.serve(self.portal.handle, tls=self.loopback.tls("localhost")) as port:
            self.portal.port = port
            site = self.site(*identities, **sections)
            wire = Wire(
                site,
                journal=self.loopback.journal,
                attach=lambda _data, suffix: f"none{suffix}",
                consent=consent,
                browser=False,
            )
            async with wire:
                yield People(wire, site)


@pytest.fixture
def stage(loopback: Any, tmp_path: Path) -> Stage:
    return Stage(loopback, tmp_path)

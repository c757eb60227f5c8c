"""A small portal of two clients on loopback, whose every answer can be replaced, and a look at who reaches what there."""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from launchready.collect.access import access
from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.evidence.access import Access
from launchready.wire import Touch

Reply = tuple[int, str, str]
TENANTS = {"nora": "northwind", "nina": "northwind", "sol": "southgate", "sam": ""}
NAMES = {"northwind": "Northwind Freight", "southgate": "Southgate Sails"}
HTML, JSON = "text/html; charset=utf-8", "application/json"


def page(who: str, main: str, status: int = 200) -> Reply:
    """A page in the frame of all pages."""
    menu = '<a href="/home">Home</a><a href="/invoices">Invoices</a><a href="/help">Help</a>'
    staff = '<a href="/clients">Clients</a>' if who == "sam" else ""
    return (
        status,
        HTML,
        f"<html><body><nav>{menu}{staff} Hello {who}, signed in</nav><main>{main}</main></body></html>",
    )


@dataclass
class Portal:
    """Sound unless a test replaces an answer.

    Attributes:
        invoices: of each client.
        wants_referer: whether pages for staff ask first whether one means it, where no page of the portal led there.
        routes: answers by first part of the path, instead of the sound ones; gets who asks, the path and the query.
    """

    invoices: int = 3
    wants_referer: bool = False
    routes: dict[str, Callable[[str, str, dict[str, list[str]]], Reply | None]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=lambda: {name: secrets.token_hex(16) for name in TENANTS})

    def owner(self, number: int) -> str:
        """Whose invoice that is; empty where there is none."""
        if not 1 <= number <= 2 * self.invoices:
            return ""
        return "northwind" if number % 2 else "southgate"

    def may_see(self, who: str, number: int) -> bool:
        owner = self.owner(number)
        return bool(owner) and (TENANTS[who] in ("", owner))

    def invoice(self, who: str, number: int) -> Reply:
        """The page of one invoice, whoever asks."""
        client = NAMES[self.owner(number)]
        return page(who, f"<h1>Invoice {number}</h1><p>{client}</p><p>Repair of hull number H{number}x</p>")

    def answer(self, who: str, path: str, query: dict[str, list[str]]) -> Reply:
        first, _, rest = path.strip("/").partition("/")
        if first in self.routes and (found := self.routes[first](who, path, query)) is not None:
            return found
        if not who:
            return (
                (200, HTML, "<html><body><h1>Portal</h1></body></html>")
                if path == "/"
                else (401, HTML, "Sign in")
            )
        if first == "home":
            return page(who, f"Welcome, {who}@{TENANTS[who] or 'house'}.test")
        if first == "help":
            return page(who, "<p>How to pay an invoice in time</p>")
        if first == "clients" and who == "sam":
            return page(
                who, "<p>All clients</p><p>Northwind Freight, owes 900</p><p>Southgate Sails, owes 700</p>"
            )
        if first == "invoices" and rest.isdigit() and self.may_see(who, int(rest)):
            return self.invoice(who, int(rest))
        if first == "invoices" and not rest:
            seen = [n for n in range(1, 2 * self.invoices + 1) if self.may_see(who, n)]
            return page(who, "".join(f'<a href="/invoices/{n}">Invoice {n}</a>' for n in seen[:20]))
        return page(who, "<p>There is no such page</p>", 404)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = head.split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            await reader.readexactly(int(headers.get("content-length", "0")))
            token = headers.get("authorization", "").removeprefix("bearer ")
            who = next((name for name, held in self.tokens.items() if held == token), "")
            parts = urlsplit(lines[0].split()[1])
            status, kind, text = self.answer(who, parts.path, parse_qs(parts.query))
            if self.wants_referer and who and parts.path == "/clients" and "referer" not in headers:
                status, kind, text = page(who, "<p>Forged on 2026-11-27?</p><p>Code 4711 of gate 17</p>")
            body = text.encode()
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()


@dataclass
class Looks:
    """Looks at a portal as everybody in it."""

    loopback: Any
    patch: pytest.MonkeyPatch

    async def at(
        self, portal: Portal, *, active: bool = True, names: tuple[str, ...] = ("nora", "sol", "sam")
    ) -> Access:
        """All that is found."""
        people = [
            {
                "name": name,
                "role": "client" if TENANTS[name] else "staff",
                "tenant": TENANTS[name],
                "test": True,
                "token": f"env:REACH_{name.upper()}",
                "proof": "/home",
            }
            for name in names
        ]
        for name in names:
            self.patch.setenv(f"REACH_{name.upper()}", portal.tokens[name])
        async with self.loopback.serve(portal.serve, self.loopback.tls()) as port:
            site = self.loopback.site(
                host=f"127.0.0.1:{port}",
                scope={"active": True, "authorised_by": "Owner"},
                tls={"extra_ca": [self.loopback.ca_file]},
                crawl={"timeout": 5.0, "requests_per_second": 1000},
                identity=people,
            )
            wire = self.loopback.wire(site, Touch.PROBE if active else Touch.SIGN_IN)
            wire._with_browser = False
            async with wire:
                everybody = People(wire, site)
                sessions = await everybody.everybody()
                walked = await crawl(wire, site, everybody, sessions)
                return await access(wire, site, everybody, walked, sessions)


@pytest.fixture
def looks(loopback: Any, monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(loopback, monkeypatch)


def told(found: Access) -> set[tuple[str, str, str, str]]:
    """Kind, path, owner and asker of all crossings."""
    return {(c.kind, "/" + c.route.split("/", 3)[-1], c.owner, c.asker) for c in found.crossings}


def data(value: Any) -> Reply:
    """An answer in JSON."""
    return 200, JSON, json.dumps(value)

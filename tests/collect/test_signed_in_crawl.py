"""The walks of those who are signed in: they see what is theirs, change nothing, and keep or renew their sessions."""

import asyncio
import io
import json
import ssl
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from launchready.collect.http import crawl, plain_http
from launchready.collect.people import People
from launchready.evidence.http import Crawl, PlainHttp
from launchready.evidence.redact import subject
from launchready.site import Site, read_site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready_testbed import Bed
from launchready_testbed.hostile import BOOK, OTHERS, PAGES

MOST_REQUESTS = 350


@dataclass
class Seen:
    """What one run saw and asked; signing in apart."""

    root: str
    crawl: Crawl
    plain: PlainHttp
    asked: list[dict[str, Any]]
    asked_plain: list[dict[str, Any]]

    def paths(self, who: str, below: int = 400) -> list[str]:
        pages = self.crawl.seen_by(who)
        return [page.url.removeprefix(self.root) or "/" for page in pages if page.exchange.status < below]


def look(bed: Bed, folder: Path, portal: str = "harbour", change: tuple[str, str] = ("", "")) -> Seen:
    file = folder / "launchready.toml"
    file.write_text(bed.portal_file(portal).replace(*change), encoding="utf-8")
    return asyncio.run(walked(read_site(str(file))))


async def walked(site: Site) -> Seen:
    journal = io.StringIO()
    lines = lambda: [json.loads(line) for line in journal.getvalue().splitlines()]  # noqa: E731
    async with Wire(
        site, journal=journal, attach=lambda _data, suffix: suffix, consent=Touch.SIGN_IN
    ) as wire:
        people = People(wire, site)
        sessions = await people.everybody()
        assert len(sessions.signed_in) == len(site.identities)
        begun = len(lines())
        found = await crawl(wire, site, people, sessions)
        over = len(lines())
        plain = await plain_http(wire, site, found)
    return Seen(site.portal.url.rstrip("/"), found, plain, lines()[begun:over], lines()[over:])


def test_a_portal_on_which_links_do_harm_is_seen_and_stays_as_it_was(bed: Bed, tmp_path: Path) -> None:
    bed.switch(("oddities/hostile",))
    seen = look(bed, tmp_path)
    context = ssl.create_default_context(cafile=str(bed.ca_file))
    context.check_hostname = False
    request = urllib.request.Request(f"https://127.0.0.1:{bed.https_port}{BOOK}", headers={"Host": bed.host})
    with urllib.request.urlopen(request, context=context) as answer:
        book = json.load(answer)
    assert book["changes"] == []
    assert book["ended"] >= 1  # so the session was lost, and renewed
    assert {*PAGES, *OTHERS} <= set(seen.paths("mira"))
    assert not seen.crawl.unvisited
    (login,) = (page for page in seen.crawl.seen_by() if page.url.endswith("/sign-in"))
    mine = [page for page in seen.crawl.seen_by("mira") if page.url.removeprefix(seen.root) in PAGES]
    assert (
        min(page.exchange.size for page in mine) > login.exchange.size
    )  # never the login page that came with 200
    assert sum(path.startswith("/calendar/") for path in seen.paths("mira")) == 3
    skipped = dict(seen.crawl.skipped)
    assert skipped["signed in: may change something"] >= 30
    assert skipped["signed in: would sign out"] >= 4
    assert skipped["signed in: a form that may be no search"] == 1


def test_each_sees_what_is_theirs_for_few_requests(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    seen = look(bed, tmp_path)
    assert len(seen.asked) <= MOST_REQUESTS
    assert {line["method"] for line in seen.asked} == {"GET"}
    assert {"/users", "/audit", "/clients", "/tickets"} <= set(seen.paths("ada"))
    assert {"/tickets", "/invoices", "/documents", "/profile"} <= set(seen.paths("nora"))
    assert not {"/users", "/audit"} & set(seen.paths("nora"))
    assert "/dashboard" not in seen.paths("anonymous", 300)
    records = [{path for path in seen.paths(who) if path.startswith("/tickets/")} for who in ("nora", "sol")]
    assert records[0] != records[1]
    for who in ("ada", "sam", "nora", "sol"):
        assert not [path for path in seen.paths(who) if path.startswith("/assets/")]
        assert sum(path.startswith("/invoices/") and path.endswith("/pdf") for path in seen.paths(who)) <= 3
    assert not seen.crawl.signs_out
    assert not seen.crawl.unvisited
    keys = [(page.url, page.who) for page in seen.crawl.pages]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_nobody_goes_over_plain_http_with_a_session(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    seen = look(bed, tmp_path)
    assert not [line for line in seen.asked if line["url"].startswith("http:") and line["who"] != "anonymous"]
    assert {line["who"] for line in seen.asked_plain} == {"anonymous"}
    twins = {subject(trail.url).partition(f":{bed.http_port}")[2] for trail in seen.plain.trails}
    assert "/dashboard" in twins
    assert sum(path.startswith("/tickets/") and path[9:].isdigit() for path in twins) == 1
    strangers = {status for twin, status, _ in seen.plain.secure if twin.endswith("/dashboard")}
    assert strangers <= {302}  # what those got who are signed in is no measure for plain http


def test_the_second_portal_tells_its_interface_through_its_scripts(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    seen = look(bed, tmp_path, "quay")
    mine = seen.paths("tess")
    assert {"/api/v2/shipments", "/api/v2/files", "/api/v2/me"} <= set(mine)
    assert [path for path in mine if path.startswith("/api/v2/shipments/")]
    assert not [
        line
        for line in seen.asked
        if line["url"].endswith(("/auth/login", "/auth/refresh")) and line["who"] != "anonymous"
    ]
    assert len(seen.asked) <= MOST_REQUESTS


@pytest.mark.slow
@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_two_walks_see_the_same(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    one, other = (
        [
            (subject(page.url), page.who, page.source, page.exchange.status)
            for page in look(bed, tmp_path, portal).crawl.pages
        ]
        for _ in range(2)
    )
    assert one == other


def test_what_signs_out_without_a_word_is_noticed_and_left(bed: Bed, tmp_path: Path) -> None:
    bed.switch(("oddities/quiet-sign-out",))
    seen = look(bed, tmp_path)
    assert [url.removeprefix(seen.root) for url in seen.crawl.signs_out] == ["/hush", "/still"]
    assert {"/attic", "/barn", "/cellar", "/dock", "/hall", "/yard"} <= set(seen.paths("mira"))
    assert not {"/hush", "/still"} & set(seen.paths("mira"))
    times = Counter(line["url"].removeprefix(seen.root) for line in seen.asked if line["who"] == "mira")
    assert times["/hush"] == 2
    assert times["/still"] <= 4
    assert not seen.crawl.unvisited


async def test_a_session_that_cannot_be_kept_ends_the_walk_and_says_so(loopback: Any) -> None:
    members: set[str] = set()

    def answer(method: str, path: str, session: str) -> bytes:
        html = b"Content-Type: text/html"
        if method == "POST":
            members.add(name := f"s{len(members)}-{len(loopback.lines)}")
            cookie = f"Set-Cookie: sid={name}; Secure; HttpOnly; Path=/".encode()
            return loopback.http(b"", "303 See Other", b"Location: /desk", cookie)
        if session not in members or path == "/login":
            form = b"<form method=post action=/login><input name=user><input type=password name=word><button>Sign in</button></form>"
            return loopback.http(b"<!doctype html>" + form, "200 OK", html)
        if path.startswith("/room"):
            members.clear()  # every room ends every session
        names = (b"attic", b"barn", b"hall", b"loft", b"office", b"yard")
        rooms = b" ".join(b'<a href="/room-%s">%s</a>' % (name, name) for name in names)
        return loopback.http(b"<!doctype html><p>Mira Moss mira@lab.test</p>" + rooms, "200 OK", html)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await loopback.head(reader)
            method, path, _ = head.split(" ", 2)
            if (size := head.lower().partition("content-length: ")[2]) and method == "POST":
                await reader.readexactly(int(size.split("\r")[0]))
            writer.write(answer(method, path, head.partition("sid=")[2].partition("\r")[0].partition(";")[0]))
            await writer.drain()

    word = loopback.folder / "word"
    word.write_text("right~word")
    async with loopback.serve(handle, tls=loopback.tls()) as port:
        site = Site(
            portal={"url": f"https://127.0.0.1:{port}/"},
            scope={"addresses": ["127.0.0.0/8"]},
            crawl={"requests_per_second": 1000.0, "timeout": 5.0},
            tls={"extra_ca": [loopback.ca_file]},
            identity=[
                {
                    "name": "mira",
                    "username": "mira@lab.test",
                    "password": f"file:{word}",
                    "test": True,
                    "proof": "/desk",
                }
            ],
        )
        seen = await walked(site)
    assert {each.why.cause for each in seen.crawl.unvisited} == {Cause.NOT_AUTHORISED}
    assert {each.who for each in seen.crawl.unvisited} == {"mira"}
    assert seen.crawl.signs_out
    assert not [path for path in seen.paths("mira") if path.startswith("/room")]
    assert len(seen.asked) < 60

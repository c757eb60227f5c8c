"""The walk through real servers, where http:// leads, and where declared redirects lead."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from launchready.collect.http import crawl as crawl_as_all
from launchready.collect.http import plain_http, redirect_map
from launchready.collect.people import People
from launchready.errors import ConnectionRefused, StoreError
from launchready.evidence.http import Crawl, PlainHttp, RedirectMap, Trail
from launchready.evidence.redact import subject
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Touch, Wire

HTML = "text/html; charset=utf-8"


async def crawl(wire: Wire, site: Site) -> Crawl:
    """The walk where there are no identities."""
    return await crawl_as_all(wire, site, People(wire, site), Sessions(()))


Answer = tuple[int, dict[str, str], bytes]


def page(*links: str, status: int = 200, head: str = "") -> Answer:
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    return status, {"Content-Type": HTML}, f"<!doctype html><head>{head}</head><body>{anchors}".encode()


def to(url: str, status: int = 301) -> Answer:
    return status, {"Location": url}, b""


@dataclass
class Portal:
    """What the two listeners answer, and what they were asked as (scheme, method, target)."""

    secure: Callable[[str, str], Answer | None]
    plain: Callable[[str, str], Answer | None] | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    https_port: int = 0
    http_port: int = 0

    def site(self, crawl_limits: dict[str, Any] | None = None, **portal: Any) -> Site:
        return Site(
            portal={"url": f"{self.root}/", "plain_http_port": self.http_port, **portal},
            scope={"addresses": ["127.0.0.0/8"]},
            crawl={"requests_per_second": 1000.0, "timeout": 2.0, **(crawl_limits or {})},
        )

    @property
    def root(self) -> str:
        return f"https://127.0.0.1:{self.https_port}"

    @property
    def bare(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"


@asynccontextmanager
async def running(loopback: Any, portal: Portal) -> AsyncIterator[Portal]:
    def handler(scheme: str) -> Any:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                method, target, _ = (await loopback.head(reader)).split(" ", 2)
                portal.asked.append((scheme, method, target))
                answers = portal.secure if scheme == "https" else portal.plain
                answer = answers(method, target) if answers else None
                if answer is None:
                    return  # hang up
                status, headers, body = answer
                lines = [f"{name}: {value}".encode() for name, value in headers.items()]
                raw: bytes = loopback.http(body, f"{status} X", *lines)
                writer.write(raw if method != "HEAD" else raw[: len(raw) - len(body)])
                await writer.drain()

        return handle

    context: ssl.SSLContext = loopback.tls()
    async with loopback.serve(handler("https"), tls=context) as portal.https_port:
        if portal.plain is None:
            portal.http_port = loopback.closed_port()
            yield portal
        else:
            async with loopback.serve(handler("http")) as portal.http_port:
                yield portal


def fixed(pages: dict[str, Answer]) -> Callable[[str, str], Answer]:
    return lambda _method, target: pages.get(target, page(status=404))


def upgrade(portal: Portal) -> Callable[[str, str], Answer]:
    return lambda _method, target: to(portal.root + target, 308)


async def walk(loopback: Any, portal: Portal, site: Site | None = None) -> Crawl:
    async with running(loopback, portal), loopback.wire(site or portal.site()) as wire:
        return await crawl(wire, site or portal.site())


def paths(found: Crawl, portal: Portal) -> list[str]:
    return [each.url.removeprefix(portal.root) for each in found.pages]


async def test_the_walk_finds_what_is_linked_loaded_sent_to_and_listed(loopback: Any) -> None:
    home = (
        200,
        {"Content-Type": HTML},
        (
            b'<!doctype html><link rel=stylesheet href="/app.css"><script src="/app.js"></script>'
            b'<a href="/deep/one">x</a><form action="/search"><input name=q></form>'
            b'<form method=post action="/login"></form><img src="https://cdn.example/x.png">'
            b'<script>fetch("/inline/data")</script>'
        ),
    )
    portal = Portal(
        fixed(
            {
                "/": home,
                "/deep/one": page("two", "/logout"),
                "/app.css": (200, {"Content-Type": "text/css"}, b"@font-face{src:url(/font.woff2)}"),
                "/app.js": (
                    200,
                    {"Content-Type": "text/javascript"},
                    b'get("/api/v1/tickets");get("/api/delete")',
                ),
                "/robots.txt": (
                    200,
                    {"Content-Type": "text/plain"},
                    b"User-agent: *\nSitemap: /listed.xml\n",
                ),
                "/listed.xml": (
                    200,
                    {"Content-Type": "application/xml"},
                    b"<?xml version='1.0'?><urlset><url><loc>/from-sitemap?a=1&amp;b=2</loc></url></urlset>",
                ),
            }
        )
    )
    found = await walk(loopback, portal)
    assert set(paths(found, portal)) >= {
        "/",
        "/deep/one",
        "/deep/two",
        "/app.css",
        "/app.js",
        "/font.woff2",
        "/search",
        "/inline/data",
        "/api/v1/tickets",
        "/robots.txt",
        "/sitemap.xml",
        "/listed.xml",
    }
    assert any(path.startswith("/from-sitemap?a=") for path in paths(found, portal))
    asked = {target for _, _, target in portal.asked}
    assert not [target for target in asked if "logout" in target or "delete" in target]
    assert "/login" not in asked
    assert {method for _, method, _ in portal.asked} == {"GET"}
    assert [each.exchange.status for each in found.pages if each.source == "probe"] == [404]
    assert found.third_parties == ("cdn.example",)
    assert found.post_forms == (f"{portal.root}/login",)
    assert dict(found.skipped)["outside the scope"] == 1
    assert [each.url for each in found.pages] == sorted(each.url for each in found.pages)


async def test_redirects_are_pages_and_stay_in_scope(loopback: Any) -> None:
    pages = {"/": to("/home", 302), "/home": page("/away"), "/away": to("https://elsewhere.example/x")}
    portal = Portal(fixed(pages))
    found = await walk(loopback, portal)
    statuses = {
        path: each.exchange.status for path, each in zip(paths(found, portal), found.pages, strict=True)
    }
    assert (statuses["/"], statuses["/home"], statuses["/away"]) == (302, 200, 301)


async def test_two_walks_see_the_same_although_answers_come_in_another_order(loopback: Any) -> None:
    names = [f"{a}{b}" for a in "abcdef" for b in "ghijkl"]
    pages = {"/": page(*(f"/s/{name}" for name in names))}
    pages |= {f"/s/{name}": page(*(f"/t/{name}{other}" for other in names[:9])) for name in names}
    seen = []
    for order in (1, -1):
        ordered = sorted(pages, key=hash)[::order]

        async def late(writer: asyncio.StreamWriter, target: str, ordered: list[str] = ordered) -> None:
            await asyncio.sleep(0.002 * (ordered.index(target) % 5 if target in ordered else 0))

        async def handle(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, late: Any = late
        ) -> None:
            while True:
                target = (await loopback.head(reader)).split(" ", 2)[1]
                await late(writer, target)
                status, _, body = pages.get(target, page(status=404))
                writer.write(loopback.http(body, f"{status} X", b"Content-Type: text/html"))
                await writer.drain()

        async with loopback.serve(handle, tls=loopback.tls()) as port:
            site = Portal(fixed({}), https_port=port, http_port=1).site({"limit": 60})
            async with loopback.wire(site) as wire:
                found = await crawl(wire, site)
        seen.append([subject(each.url).partition(f":{port}")[2] for each in found.pages])
    assert seen[0] == seen[1]


async def test_an_unreachable_start_is_an_error_and_other_silence_is_noted(loopback: Any) -> None:
    site = Portal(fixed({}), https_port=loopback.closed_port(), http_port=1).site()
    async with loopback.wire(site) as wire:
        with pytest.raises(ConnectionRefused):
            await crawl(wire, site)
    portal = Portal(lambda _method, target: None if target == "/broken" else page("/broken"))
    found = await walk(loopback, portal)
    (silent,) = found.unvisited
    assert silent.url == f"{portal.root}/broken"
    assert silent.why.cause == "unreachable"


def _calendar(_method: str, target: str) -> Answer:
    number = int(target.rpartition("/")[2]) if target.startswith("/day/") else 0
    return page(f"/day/{number + 1}", f"/day/{number + 1}?view=week")


def _redirects(_method: str, target: str) -> Answer:
    if not target.startswith("/step/"):
        return page("/step/1")
    return to(f"/step/{int(target.rpartition('/')[2]) + 1}", 302)


def _deeper(_method: str, target: str) -> Answer:
    return page(target.rstrip("/") + "/again/", target.rstrip("/") + "/more/")


def _parameters(_method: str, target: str) -> Answer:
    return page(
        *(target.partition("?")[0] + "?" + "&".join(f"{n}=1" for n in "abcdefgh"[:k]) for k in range(1, 9))
    )


@pytest.mark.parametrize("endless", [_calendar, _redirects, _deeper, _parameters])
async def test_what_has_no_end_is_left(loopback: Any, endless: Callable[[str, str], Answer]) -> None:
    portal = Portal(endless)
    found = await walk(loopback, portal, None)
    assert len(found.pages) <= 300
    assert len(portal.asked) <= 310


async def test_a_hundred_thousand_links_on_one_page(loopback: Any) -> None:
    portal = Portal(fixed({"/": page(*(f"/orders/{n}" for n in range(100_000)))}))
    found = await walk(loopback, portal)
    assert sum(target.startswith("/orders/") for _, _, target in portal.asked) == 3
    assert dict(found.skipped)["further ones of a shape"] > 1000


async def test_invalid_pages_do_no_harm(loopback: Any) -> None:
    junk = (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        b'\xff\xfe<a href="/\xe9"><a href="http://[/">\x00<svg><a',
    )
    found = await walk(loopback, Portal(fixed({"/": junk})))
    assert found.pages


async def test_each_address_leads_to_its_twin_with_few_requests(loopback: Any) -> None:
    portal = Portal(fixed({"/": page("/a?q=secret%20word&page=2", "/b%2fc/d")}), plain=lambda *_: None)
    portal.plain = upgrade(portal)
    async with running(loopback, portal), loopback.wire(portal.site()) as wire:
        found = await crawl(wire, portal.site())
        asked = len(portal.asked)
        plain = await plain_http(wire, portal.site(), found)
    assert len(plain.secure) == len(found.pages)
    gets = [trail for trail in plain.trails if trail.method == "GET"]
    assert len(gets) == len(found.pages)
    assert all(trail.hops[0].status == 308 and trail.end == "answer" for trail in gets)
    assert all(trail.locations[0] == trail.url.replace(portal.bare, portal.root) for trail in gets)
    assert {trail.method for trail in plain.trails} == {"GET", "HEAD"}
    later = portal.asked[asked:]
    assert {scheme for scheme, _, _ in later} == {"http"}  # what https answers is known already
    assert ("http", "GET", "/a?q=secret%20word&page=2") in later  # asked as it is, kept as a fingerprint
    assert "secret" not in repr(plain)


async def test_a_closed_port_is_asked_once(loopback: Any) -> None:
    portal = Portal(fixed({"/": page("/a", "/b", "/c")}))
    async with running(loopback, portal), loopback.wire(portal.site({"concurrency": 1})) as wire:
        found = await crawl(wire, portal.site())
        before = len(loopback.lines)
        plain = await plain_http(wire, portal.site({"concurrency": 1}), found)
    assert {trail.end for trail in plain.trails} == {"closed"}
    assert len(loopback.lines) == before + 1


async def test_a_silent_port_is_given_up_soon(loopback: Any) -> None:
    portal = Portal(fixed({"/": page(*(f"/{word}" for word in "abcdefghijkl"))}))

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with running(loopback, portal), loopback.serve(silent) as portal.http_port:
        site = portal.site({"timeout": 0.2, "concurrency": 1})
        async with loopback.wire(site) as wire:
            found = await crawl(wire, site)
            before = len(loopback.lines)
            plain = await plain_http(wire, site, found)
    assert {trail.end for trail in plain.trails} == {"missing"}
    assert all(trail.why and trail.why.cause == "unreachable" for trail in plain.trails)
    assert len(loopback.lines) - before == 2


async def follow(
    loopback: Any, pages: dict[str, Answer], plain: Callable[[Portal], Callable[[str, str], Answer]]
) -> Trail:
    """Where http://…/x leads."""
    portal = Portal(fixed({"/": page("/x"), **pages}), plain=lambda *_: None)
    portal.plain = plain(portal)
    async with running(loopback, portal), loopback.wire(portal.site()) as wire:
        found = await crawl(wire, portal.site())
        seen: PlainHttp = await plain_http(wire, portal.site(), found)
    (trail,) = (each for each in seen.trails if each.url.endswith("/x") and each.method == "GET")
    return trail


async def test_trails_end_as_they_end(loopback: Any) -> None:
    x = "/x"
    assert (await follow(loopback, {x: to("/x", 302)}, upgrade)).end == "loop"
    assert (await follow(loopback, {x: to("/y"), "/y": to("/x")}, upgrade)).end == "loop"
    away = await follow(loopback, {x: to("https://elsewhere.example/")}, upgrade)
    assert (away.end, away.locations[-1], len(away.hops)) == ("off-scope", "https://elsewhere.example/", 2)
    assert (await follow(loopback, {x: to("mailto:ada@example.org")}, upgrade)).end == "off-scope"
    chain = {f"/{n}": to(f"/{n + 1}") for n in range(30)}
    endless = await follow(loopback, {x: to("/0"), **chain}, upgrade)
    assert (endless.end, len(endless.hops)) == ("too-long", 10)
    closed = await follow(
        loopback, {}, lambda _portal: lambda *_: to(f"https://127.0.0.1:{loopback.closed_port()}/x")
    )
    assert (closed.end, len(closed.hops)) == ("closed", 1)


async def test_a_meta_refresh_is_noted(loopback: Any) -> None:
    trail = await follow(
        loopback,
        {},
        lambda portal: lambda *_: page(head=f'<meta http-equiv=refresh content="0;url={portal.root}/x">'),
    )
    assert trail.refresh.startswith("https://")
    assert trail.hops[0].status == 200


@pytest.mark.parametrize(("consent", "posts"), [(Touch.READ, 0), (Touch.PROBE, 1)])
async def test_forms_are_posted_only_with_consent_and_empty(
    loopback: Any, consent: Touch, posts: int
) -> None:
    form = (200, {"Content-Type": HTML}, b'<form method=post action="/login"><input name=p></form>')
    portal = Portal(fixed({"/": form}), plain=lambda *_: page())
    async with running(loopback, portal), loopback.wire(portal.site(), consent=consent) as wire:
        found = await crawl(wire, portal.site())
        await plain_http(wire, portal.site(), found)
    posted = [each for each in portal.asked if each[1] == "POST"]
    assert posted == [("http", "POST", "/login")] * posts


async def test_declared_redirects_are_followed_in_both_forms(loopback: Any) -> None:
    portal = Portal(fixed({"/": page(), "/old/": to("/new/"), "/new/": page()}), plain=lambda *_: None)
    portal.plain = upgrade(portal)
    async with running(loopback, portal):
        declared = [
            {"from": f"{portal.root}/old/", "to": f"{portal.root}/new/"},
            {"from": f"{portal.bare}/kept/*", "to": f"{portal.root}/kept/*"},
        ]
        site = portal.site(redirects=declared)
        async with loopback.wire(site) as wire:
            found: RedirectMap = await redirect_map(wire, site)
    old, kept = found.redirects
    assert [(t.url.partition(":")[0], [hop.status for hop in t.hops]) for t in old.trails] == [
        ("https", [301, 200]),
        ("http", [308, 301, 200]),
    ]
    targets = [
        target for scheme, _, target in portal.asked if scheme == "http" and target.startswith("/kept")
    ]
    assert sorted(targets) == ["/kept/", "/kept/launchready-probe/deep?kept=1"]
    assert len(kept.trails) == 4


async def test_a_journal_that_cannot_be_written_ends_the_collecting(loopback: Any) -> None:
    class Full:
        def write(self, _text: str) -> None:
            raise OSError(28, "No space left on device")

        def flush(self) -> None:
            """Nothing to do."""

    portal = Portal(fixed({"/": page()}), plain=lambda *_: page())
    async with running(loopback, portal), loopback.wire(portal.site()) as wire:
        found = await crawl(wire, portal.site())
        wire.gate._journal = Full()
        with pytest.raises(StoreError, match="no space left"):
            await plain_http(wire, portal.site(), found)

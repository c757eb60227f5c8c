"""The browser asks nobody whom the gate would not let it ask, and says what it was kept from."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from launchready.checks.https.mixed_content import judge
from launchready.collect.browser import browse, choose
from launchready.collect.people import People
from launchready.collect.tls import tls
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, Withheld
from launchready.evidence.http import Crawl
from launchready.evidence.tls import Tls
from launchready.site import Site
from launchready.verdict import Cause, Pass, Unknown

from .conftest import Bench, Server, SiteMaker

pytestmark = pytest.mark.browser
NO_TLS = Missing(Cause.NOT_COLLECTED, "not asked", "ask")


def look(site: Site, *urls: str, with_tls: bool = False) -> tuple[Bench, Crawl, BrowserLook]:
    bench = Bench(site)

    async def run() -> tuple[Crawl, BrowserLook]:
        async with bench.wire:
            crawl = await bench.crawl(*urls)
            seen: Tls | Missing = await tls(bench.wire, site) if with_tls else NO_TLS
            return crawl, await browse(bench.wire, site, crawl, seen, People(bench.wire, site))

    return bench, *asyncio.run(run())


def test_nothing_outside_the_scope_is_asked(server: Server, make_site: SiteMaker) -> None:
    away = f"cdn.test:{server.port}"
    server.page("/to-cdn", "", status=302, location=f"https://{away}/after")
    server.page("/worker-out.js", f"fetch('https://{away}/by-worker').catch(() => 0)", "text/javascript")
    server.page(
        "/out",
        f"""<link rel=stylesheet href=https://{away}/a.css><script src=https://{away}/a.js></script>
        <img src=https://{away}/a.gif><img src=/to-cdn><iframe src=https://{away}/frame></iframe>
        <link rel=prefetch href=https://{away}/p><link rel=preconnect href=https://{away}>
        <script>fetch('https://{away}/fetch').catch(() => 0); navigator.sendBeacon('https://{away}/beacon');
        new WebSocket('wss://{away}/ws'); new Worker('/worker-out.js'); open('https://{away}/popup');
        fetch('http://127.0.0.1:{server.port}/by-address').catch(() => 0);
        fetch('http://localhost:{server.port}/by-name').catch(() => 0)</script>""",
    )
    server.asked.clear()
    url = f"https://portal.test:{server.port}/out"
    bench, crawl, seen = look(make_site(hosts=()), url)
    assert {host for _, host, _ in server.asked} == {"portal.test"}
    assert {"/to-cdn", "/worker-out.js"} <= {path for _, _, path in server.asked}
    (page,) = seen.pages
    kinds = {each.kind for each in page.withheld if each.host == "cdn.test"}
    assert {"style", "script", "image", "frame", "connect"} <= kinds
    journal = [json.loads(line) for line in bench.journal.getvalue().splitlines()]
    assert {line["url"] for line in journal if line["who"] == "browser"} >= {url}
    assert not [line for line in journal if "cdn.test" in line["url"] or "localhost" in line["url"]]
    verdict = judge(crawl, seen)
    assert isinstance(verdict, Unknown)
    assert [(doubt.cause, doubt.settle_by) for doubt in verdict.doubts] == [
        (Cause.NO_CONSENT, 'allow them: [scope] subresources = ["cdn.test"]'),
        (Cause.NO_CONSENT, 'allow them: [scope] subresources = ["cdn.test"]'),
    ]


def test_a_page_that_leads_out_of_scope_is_not_followed(server: Server, make_site: SiteMaker) -> None:
    server.page("/leaves", f"<script>location = 'https://cdn.test:{server.port}/there'</script>")
    server.asked.clear()
    look(make_site(hosts=()), f"https://portal.test:{server.port}/leaves")
    assert {host for _, host, _ in server.asked} == {"portal.test"}


def test_the_budget_holds_for_the_browser_too(server: Server, make_site: SiteMaker) -> None:
    server.page("/many", "".join(f"<img src=/i.gif?{n}>" for n in range(50)))
    bench = Bench(make_site())
    url = f"https://portal.test:{server.port}/many"

    async def run() -> BrowserLook:
        async with bench.wire:
            crawl = await bench.crawl(url)
            bench.wire.gate._requests_left = 10
            server.asked.clear()
            return await browse(bench.wire, bench.site, crawl, NO_TLS, People(bench.wire, bench.site))

    asyncio.run(run())
    assert len(server.asked) == 10


def test_an_unverified_certificate_does_not_hide_the_page(server: Server, make_site: SiteMaker) -> None:
    server.page("/wrong", f"<img src=http://cdn.test:{server.port}/i.gif>")
    url = f"https://wrong.test:{server.port}/wrong"
    _, _, blind = look(make_site(), url)
    assert blind.pages[0].why is not None
    assert "ERR_CERT_COMMON_NAME_INVALID" in blind.pages[0].why.detail
    _, _, seen = look(make_site(), url, with_tls=True)
    (page,) = seen.pages
    assert (page.why, page.accepted) == (None, True)
    assert [mixed.resolution for mixed in page.mixed] == ["upgraded"]


def test_what_pages_say_is_kept_without_secrets(server: Server, make_site: SiteMaker) -> None:
    secret = "a1B2" * 8
    server.page(
        "/says",
        f"""<input type=password value=x><script>console.error('token {secret} at https://x.test/?key={secret}');
        console.log('not an error'); setTimeout(() => {{ throw new Error('broke with {secret}') }});
        Promise.reject(new Error('nobody caught this'))</script><img src=/no-such.gif><img src=https://x.invalid/>""",
    )
    bench, _, seen = look(make_site(), f"https://portal.test:{server.port}/says")
    (page,) = seen.pages
    assert secret not in str(seen)
    assert secret not in bench.journal.getvalue()
    assert any(said.startswith("token ~") for said in page.console)
    assert {error.partition(" with")[0] for error in page.errors} == {"broke", "nobody caught this"}
    assert not any("not an error" in said for said in page.console)
    assert Withheld("image", "x.invalid") in page.withheld
    assert page.security == "secure"
    assert bench.attached[page.screenshot].startswith(b"\x89PNG")


def test_pages_that_never_rest_end(server: Server, make_site: SiteMaker) -> None:
    server.page(
        "/grows",
        """<p>a<script>onscroll = () => document.body.append(document.createElement('hr')); alert('stop');
        document.body.style.height = '99999px'; setInterval(() => fetch('/i.gif'), 20)</script>""",
    )
    server.page("/spins", "<p>a<script>while (true) {}</script>")
    grows, spins = (f"https://portal.test:{server.port}/{name}" for name in ("grows", "spins"))
    _, crawl, seen = look(make_site(crawl={"timeout": 3.0}), grows, spins)
    assert [page.why for page in seen.pages] == [None, None]
    assert [page.complete for page in seen.pages] == [True, False]
    verdict = judge(crawl, seen)
    assert isinstance(verdict, Unknown)
    assert [doubt.subject for doubt in verdict.doubts] == [spins]


def test_unreachable_pages_are_unknown(server: Server, make_site: SiteMaker) -> None:
    server.page("/gone", "<p>here")
    url = f"https://portal.test:{server.port}/gone"
    bench = Bench(make_site(crawl={"timeout": 1.0}))

    async def run() -> tuple[Crawl, BrowserLook]:
        async with bench.wire:
            crawl = await bench.crawl(url)
            server.page("/gone", "", status=302, location="https://portal.test:1/")
            return crawl, await browse(bench.wire, bench.site, crawl, NO_TLS, People(bench.wire, bench.site))

    crawl, seen = asyncio.run(run())
    verdict = judge(crawl, seen)
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].cause == Cause.UNREACHABLE


def test_no_browser_is_said(
    server: Server, make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.page("/plain", "<p>a")
    url = f"https://portal.test:{server.port}/plain"
    monkeypatch.setenv("LAUNCHREADY_CHROMIUM", str(tmp_path / "none"))
    _, crawl, seen = look(make_site(), url)
    assert isinstance(seen.browser, Missing)
    assert seen.browser.cause == Cause.NOT_COLLECTED
    assert isinstance(judge(crawl, seen), Unknown)

    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("LAUNCHREADY_CHROMIUM", str(broken))
    _, _, seen = look(make_site(), url)
    assert isinstance(seen.browser, Missing)
    assert "did not start" in seen.browser.detail


def test_no_certutil_is_said(server: Server, make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    server.page("/plain", "<p>a")
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "certutil" else real(name))
    _, _, seen = look(make_site(), f"https://portal.test:{server.port}/plain")
    assert isinstance(seen.browser, Missing)
    assert "certutil" in seen.browser.detail


def test_subresources_may_be_loaded(server: Server, make_site: SiteMaker) -> None:
    site = make_site(hosts=(), scope={"addresses": ["127.0.0.0/8"], "subresources": ["localhost"]})
    server.page("/a.js", "document.title = 'x'", "text/javascript")
    server.page("/third", f"<script src=http://localhost:{server.port}/a.js></script>")
    server.asked.clear()
    _, crawl, seen = look(site, f"https://portal.test:{server.port}/third")
    assert ("http", "localhost", "/a.js") in server.asked
    assert seen.pages[0].withheld == ()
    assert isinstance(judge(crawl, seen), Pass)


def test_one_page_of_each_shape_goes_first(server: Server, make_site: SiteMaker) -> None:
    for name in "abc":
        server.page(f"/choice/{name}", "<p>a")
    server.page("/choice/x.css", "a{}", "text/css")
    urls = [f"https://portal.test:{server.port}/choice/{name}" for name in ("a", "b", "c", "x.css")]
    bench = Bench(make_site())

    async def run() -> Crawl:
        async with bench.wire:
            return await bench.crawl(*urls, f"http://portal.test:{server.port}/choice/a")

    crawl = asyncio.run(run())
    chosen, left_out = choose(crawl, 2)
    assert [page.url for page in chosen] == urls[:2]
    assert left_out == (urls[2],)

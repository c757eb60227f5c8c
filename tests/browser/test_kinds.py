"""One page for each way to ask for something insecurely: what the parser finds, what the browser, and the verdict."""

import asyncio
from dataclasses import dataclass

import pytest

from launchready.checks.https.mixed_content import judge
from launchready.collect.browser import browse
from launchready.collect.people import People
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, BrowserPage
from launchready.evidence.http import Crawl
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Fail

from .conftest import Bench, Server, SiteMaker

pytestmark = pytest.mark.browser

X = "http://cdn.test:{port}/{name}"
KINDS = {
    # name: (body, parser sees it, Chromium says so)
    "script-src": ("<script src={x}></script>", True, "blocked"),
    "script-module": ("<script type=module src={x}></script>", True, "blocked"),
    "stylesheet": ("<link rel=stylesheet href={x}>", True, "blocked"),
    "css-import": ("<style>@import '{x}';</style>", True, "blocked"),
    "css-url": ("<style>body{{background:url({x})}}</style>", True, "upgraded"),
    "css-font": (
        "<style>@font-face{{font-family:f;src:url({x})}}p{{font-family:f}}</style><p>text</p>",
        True,
        "blocked",
    ),
    "style-attribute": ("<p style='background:url({x})'>a</p>", True, "upgraded"),
    "css-variable": (
        "<style>:root{{--u:url({x})}}p{{background:var(--u)}}</style><p>text</p>",
        True,
        "upgraded",
    ),
    "img": ("<img src={x}>", True, "upgraded"),
    "img-lazy": ("<div style=height:9000px></div><img loading=lazy src={x}>", True, "upgraded"),
    "srcset": ("<img srcset='{x} 1x'>", True, "blocked"),
    "picture": ("<picture><source srcset={x}><img src=/i.gif></picture>", True, "blocked"),
    "svg-image": ("<svg><image href={x} /></svg>", True, "upgraded"),
    "video": ("<video src={x} preload=auto></video>", True, "upgraded"),
    "poster": ("<video poster={x}></video>", True, "upgraded"),
    "iframe": ("<iframe src={x}></iframe>", True, "blocked"),
    "srcdoc": ("<iframe srcdoc='<img src={x}>'></iframe>", True, "upgraded"),
    "object": ("<object data={x}></object>", True, "blocked"),
    "embed": ("<embed src={x}>", True, "blocked"),
    "preload": ("<link rel=preload as=script href={x}>", True, "blocked"),
    "form": ("<form method=post action={x}><input name=a></form>", True, "warning"),
    "formaction": ("<form><button formaction={x}>go</button></form>", True, ""),
    "ping": ("<a href=/ ping={x}>a</a>", True, ""),
    "base": ("<base href={x}><img src=base.gif>", True, "upgraded"),
    "noscript": ("<body><noscript><img src={x}></noscript>", True, ""),
    "shadow-root": ("<p><template shadowrootmode=open><img src={x}></template></p>", True, "upgraded"),
    "favicon": ("<link rel=icon href={x}>", True, "blocked"),
    "inserted-img": ("<script>new Image().src='{x}'</script>", False, "upgraded"),
    "inserted-late": (
        "<script>setTimeout(() => {{ document.body.innerHTML = '<img src={x}>' }}, 250)</script>",
        False,
        "upgraded",
    ),
    "inserted-script": (
        "<script>const s = document.createElement('script'); s.src = '{x}'; document.head.append(s)</script>",
        False,
        "blocked",
    ),
    "inserted-frame": (
        "<body><script>const f = document.createElement('iframe'); f.src = '{x}'; document.body.append(f)</script>",
        False,
        "blocked",
    ),
    "inserted-form": (
        "<body><script>const f = document.createElement('form'); f.action = '{x}'; document.body.append(f)</script>",
        False,
        "warning",
    ),
    "inserted-template": (
        "<body><template id=t><img src={x}></template><script>document.body.append(t.content)</script>",
        False,
        "upgraded",
    ),
    "fetch": ("<script>fetch('{x}').catch(() => 0)</script>", False, "blocked"),
    "xhr": (
        "<script>const r = new XMLHttpRequest(); r.open('GET', '{x}'); r.send()</script>",
        False,
        "blocked",
    ),
    "beacon": ("<script>navigator.sendBeacon('{x}', 'a')</script>", False, "blocked"),
    "event-source": ("<script>new EventSource('{x}')</script>", False, "blocked"),
    "web-socket": ("<script>try {{ new WebSocket('{w}') }} catch (e) {{ }}</script>", False, "blocked"),
    "worker-fetch": ("<script>new Worker('/worker.js')</script>", False, "blocked"),
    "module-import": ("<script>import('{x}').catch(() => 0)</script>", False, "blocked"),
    "in-frame": ("<iframe src=/framed></iframe>", False, "upgraded"),
    "in-foreign-frame": ("<iframe src=https://cdn.test:{port}/framed></iframe>", False, "upgraded"),
    "external-css": ("<link rel=stylesheet href=/insecure.css><p>text</p>", False, "upgraded"),
}
SOUND = {
    "loopback": "<img src=http://127.0.0.1:1/a><script src=http://localhost:1/a></script>",
    "text": "http://cdn.test/a <a href=http://cdn.test/>a</a><!-- <img src=http://cdn.test/a> -->",
    "inert": "<template><img src=http://cdn.test/a></template><script type=text/x src=http://cdn.test/a></script>",
    "strings": "<script>const a = location.protocol === 'https:' ? 'wss://' : 'ws://cdn.test'</script>",
    "secure": "<img src=/i.gif><img src=https://cdn.test:{port}/i.gif><script>fetch('/i.gif')</script>",
    "upgraded-by-policy": "<meta http-equiv=Content-Security-Policy content=upgrade-insecure-requests>"
    "<img src=http://cdn.test:{port}/i.gif><form action=http://cdn.test:{port}/a></form>"
    "<script>fetch('http://cdn.test:{port}/i.gif').catch(() => 0)</script>",
}


@dataclass(frozen=True)
class Seen:
    crawl: Crawl
    look: BrowserLook
    urls: dict[str, str]

    def insecure_in_source(self, name: str) -> bool:
        page = next(page for page in self.crawl.pages if page.url == self.urls[name])
        return page.document is not None and bool(page.document.insecure)

    def page(self, name: str) -> BrowserPage:
        return next(page for page in self.look.pages if page.url == self.urls[name])


@pytest.fixture(scope="module")
def seen(server: Server, make_site: SiteMaker) -> Seen:
    place = {"port": server.port}
    for name, (body, _, _) in KINDS.items():
        x = X.format(name="i.gif", **place)
        server.page(f"/{name}", body.format(x=x, w=x.replace("http", "ws", 1), **place))
    for name, body in SOUND.items():
        server.page(f"/{name}", body.format(**place))
    x = X.format(name="i.gif", **place)
    server.page("/worker.js", f"fetch('{x}').catch(() => 0)", "text/javascript")
    server.page("/framed", f"<img src={x}>")
    server.page("/insecure.css", f"p {{ background: url({x}) }}", "text/css")
    urls = {name: f"https://portal.test:{server.port}/{name}" for name in (*KINDS, *SOUND)}

    async def run() -> tuple[Crawl, BrowserLook]:
        bench = Bench(make_site())
        async with bench.wire:
            crawl = await bench.crawl(*urls.values())
            return crawl, await browse(
                bench.wire,
                bench.site,
                crawl,
                Missing(Cause.NOT_COLLECTED, "", ""),
                People(bench.wire, bench.site),
            )

    return Seen(*asyncio.run(run()), urls)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_found(seen: Seen, name: str) -> None:
    _, parser, browser = KINDS[name]
    page = seen.page(name)
    assert page.why is None
    assert seen.insecure_in_source(name) is parser
    assert {mixed.resolution for mixed in page.mixed} == ({browser} if browser else set())
    verdict = judge(seen.crawl, seen.look)
    assert isinstance(verdict, Fail)
    assert subject(seen.urls[name]) in {finding.subject for finding in verdict.findings}


@pytest.mark.parametrize("name", SOUND)
def test_sound_pages_are_not_accused(seen: Seen, name: str) -> None:
    assert seen.page(name).why is None
    verdict = judge(seen.crawl, seen.look)
    assert isinstance(verdict, Fail)
    assert subject(seen.urls[name]) not in {finding.subject for finding in verdict.findings}


def test_an_upgraded_request_is_followed_to_its_twin(seen: Seen) -> None:
    assert {mixed.twin for mixed in seen.page("img").mixed} == {"answered"}
    assert {mixed.twin for mixed in seen.page("script-src").mixed} == {""}


def test_pages_with_insecure_content_are_photographed_but_not_all(seen: Seen) -> None:
    assert sum(bool(page.screenshot) for page in seen.look.pages) == 6

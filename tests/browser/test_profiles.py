"""A browser profile is one visitor's own: what it holds goes in, what comes of it comes back, and nobody else has it."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest

from launchready.wire import Touch, Wire
from launchready.wire.chromium import NoBrowserError
from launchready.wire.cookies import Cookie
from launchready.wire.visitor import Visitor

from .conftest import Bench, Server, SiteMaker

pytestmark = pytest.mark.browser


def bench_of(make_site: SiteMaker, **sections: object) -> Bench:
    bench = Bench(make_site(**sections))
    bench.wire.gate.consent = Touch.SIGN_IN
    return bench


def visit(bench: Bench, act: Callable[[Wire], Awaitable[None]]) -> None:
    async def run() -> None:
        async with bench.wire:
            await act(bench.wire)

    asyncio.run(run())


def test_cookies_and_storage_go_in_and_come_back(server: Server, make_site: SiteMaker) -> None:
    origin = f"https://portal.test:{server.port}"
    server.page(
        "/keeps",
        """<p id=was><script>was.textContent = [document.cookie, localStorage.had].join('|');
        localStorage.got = 'new'; document.cookie = 'made=here; secure'</script>""",
        set_cookie="gone=; Max-Age=0; Path=/",
    )
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        visitor = Visitor(wire.http, "ada", Touch.SIGN_IN)
        visitor.replace_cookies(
            (
                Cookie("__Host-s", "one", "portal.test", secure=True),
                Cookie("wide", "two", "portal.test", host_only=False, secure=True),
                Cookie("gone", "three", "portal.test", secure=True),
            )
        )
        visitor.local_storage = {origin: {"had": "before"}}
        async with wire.browser.tab(visitor=visitor) as tab:
            assert await tab.load(f"{origin}/keeps", 5.0)
            assert await tab.text() == "__Host-s=one; wide=two|before"
        held = {cookie.name: cookie for cookie in visitor.cookies}
        assert set(held) == {"__Host-s", "wide", "made"}
        assert (held["__Host-s"].host_only, held["wide"].host_only) == (True, False)
        assert visitor.local_storage == {origin: {"had": "before", "got": "new"}}
        async with wire.browser.tab() as tab:  # a stranger has none of it
            assert await tab.load(f"{origin}/keeps", 5.0)
            assert await tab.text() == "|"

    visit(bench, act)


def test_headers_go_to_the_portal_and_nowhere_else(server: Server, make_site: SiteMaker) -> None:
    away = f"https://cdn.test:{server.port}/away.js"
    server.page("/told", f"<script src={away}></script><iframe src=/framed></iframe><script>fetch('/own', "
                "{headers: {authorization: 'Bearer own'}})</script>")  # fmt: skip
    server.page("/framed", "<script>new Worker('/worker.js')</script>")
    server.page("/worker.js", "fetch('/by-worker')", "text/javascript")
    for path in ("/own", "/by-worker", "/away.js"):
        server.page(path, "", "text/javascript")
    bench = bench_of(make_site, hosts=(), scope={"subresources": ["cdn.test"], "addresses": ["127.0.0.0/8"]})
    server.told.clear()

    async def act(wire: Wire) -> None:
        visitor = Visitor(wire.http, "ada", Touch.SIGN_IN)
        visitor.headers = (("Authorization", "Bearer its"),)
        async with wire.browser.profile(visitor) as profile, profile.tab() as tab:
            await tab.load(f"https://portal.test:{server.port}/told", 5.0)
            await tab.rest(0.5, 5.0)
            assert profile.authorization == "Bearer own"

    visit(bench, act)
    told = {path: value for _, path, value in server.told if path != "/favicon.ico"}
    assert {path: told[path] for path in ("/told", "/framed", "/worker.js", "/by-worker")} == dict.fromkeys(
        ("/told", "/framed", "/worker.js", "/by-worker"), "Bearer its"
    )
    assert told["/own"] == "Bearer own"
    assert told.get("/away.js", "") == ""
    lines = [json.loads(line) for line in bench.journal.getvalue().splitlines()]
    assert {line["who"] for line in lines if line["method"] != "CONNECT"} == {"ada"}
    assert "Bearer" not in bench.journal.getvalue()


def test_each_visitors_requests_are_journalled_as_its_own(server: Server, make_site: SiteMaker) -> None:
    for name in ("ada", "ben"):
        server.page(f"/page-{name}", f"<iframe src=/frame-{name}></iframe><img src=/i.gif?{name}>")
        server.page(f"/frame-{name}", f"<script>fetch('/i.gif?script-{name}')</script>")
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        async def one(name: str) -> None:
            visitor = Visitor(wire.http, name, Touch.SIGN_IN)
            async with wire.browser.tab(visitor=visitor) as tab:
                await tab.load(f"https://portal.test:{server.port}/page-{name}", 5.0)
                await tab.rest(0.3, 5.0)

        await asyncio.gather(one("ada"), one("ben"))

    visit(bench, act)
    lines = [json.loads(line) for line in bench.journal.getvalue().splitlines()]
    for name in ("ada", "ben"):
        asked = [line for line in lines if name in line["url"]]
        assert len(asked) == 4
        assert {line["who"] for line in asked} == {name}


def test_without_consent_a_visitor_asks_nothing(server: Server, make_site: SiteMaker) -> None:
    server.page("/closed", "<p>x")
    bench = Bench(make_site())  # may only read
    server.asked.clear()

    async def act(wire: Wire) -> None:
        async with wire.browser.tab(visitor=Visitor(wire.http, "ada", Touch.SIGN_IN)) as tab:
            with pytest.raises(Exception, match="ERR_BLOCKED_BY_CLIENT"):
                await tab.load(f"https://portal.test:{server.port}/closed", 5.0)

    visit(bench, act)
    assert server.asked == []


def test_a_run_without_browser_says_so(make_site: SiteMaker) -> None:
    site = make_site()
    bench = Bench(site)
    bench.wire = Wire(site, journal=bench.journal, attach=lambda *_: "", browser=False)

    async def act(wire: Wire) -> None:
        with pytest.raises(NoBrowserError, match="left out") as caught:
            async with wire.browser.tab():
                pass
        assert "--no-browser" in caught.value.settle_by

    visit(bench, act)


def test_secrets_are_covered_in_screenshots(server: Server, make_site: SiteMaker) -> None:
    word = "hidden-word-of-ada"
    style = "<style>*{margin:0;border:0;font:40px monospace;color:#f00;background:#fff}</style>"
    server.page("/shows", f"{style}<p>{word}</p><input value='{word}'><div id=h></div><script>"
                f"h.attachShadow({{mode:'open'}}).innerHTML = '<b style=color:red>{word}</b>'</script>")  # fmt: skip
    server.page("/plain", f"{style}<p>harmless</p>")
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        visitor = Visitor(wire.http, "ada", Touch.SIGN_IN)
        async with wire.browser.profile(visitor) as profile:
            profile.secrets.add(word)
            async with profile.tab() as tab:
                for path, red in (("/shows", False), ("/plain", True)):
                    await tab.load(f"https://portal.test:{server.port}{path}", 5.0)
                    picture = await tab.screenshot()
                    assert await has_red(tab, picture) is red
                assert "covered" not in await tab.content()

    visit(bench, act)


async def has_red(tab: object, picture: bytes) -> bool:
    """Whether any dot of this PNG is red, as Chromium itself reads it."""
    import base64

    script = """async (data) => {
      const image = new Image(); image.src = data; await image.decode();
      const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
      const brush = canvas.getContext('2d'); brush.drawImage(image, 0, 0);
      const dots = brush.getImageData(0, 0, image.width, image.height).data;
      for (let at = 0; at < dots.length; at += 4)
        if (dots[at] > 200 && dots[at + 1] < 60 && dots[at + 2] < 60) return true;
      return false;
    }"""
    data = "data:image/png;base64," + base64.b64encode(picture).decode()
    return bool(await tab.page.evaluate(script, data))  # type: ignore[attr-defined]


def test_hands_find_what_a_person_would_name(server: Server, make_site: SiteMaker) -> None:
    server.page(
        "/hands",
        """<meta charset=utf-8><label>Adresse <input name=a></label><input placeholder="Your town" name=b>
        <input aria-label="Código" name=c><input id=by-id name=d><div id=host></div>
        <iframe srcdoc="<label>Within <input name=e></label>"></iframe>
        <button style="display:none" onclick="out.textContent='hidden'">Go</button>
        <button onclick="out.textContent='went'">Go</button><a href="/hands?away" target=_blank>Further</a><p id=out>
        <script>host.attachShadow({mode: 'open'}).innerHTML = '<label>Shadow <input></label>'</script>""",
    )
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        async with wire.browser.tab() as tab:
            await tab.load(f"https://portal.test:{server.port}/hands", 5.0)
            for what in ("Adresse", "Your town", "Código", "#by-id", "c", "Within", "Shadow"):
                assert await tab.fill(what, f"value of {what}"), what
                assert await tab.state(what) == f"value of {what}"
            assert await tab.click("Go")
            assert await tab.expect("went")
            assert not await tab.fill("No such field", "x", 0.2)
            assert not await tab.click("button:nonsense(((", 0.2)
            assert not await tab.expect("hidden", 0.2)
            assert await tab.click("Further")
            await tab.rest(0.2, 5.0)
            assert tab.url.endswith("?away")
            assert await tab.press("Tab")

    visit(bench, act)


def test_answers_errors_and_steps_are_told_apart(server: Server, make_site: SiteMaker) -> None:
    server.page("/first", "<img src=/missing.gif><script>fetch('/fails', {method: 'POST'})</script>")
    server.page("/fails", "", status=503)
    server.page("/second", "<p>quiet")
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        async with wire.browser.tab() as tab:
            await tab.load(f"https://portal.test:{server.port}/first", 5.0)
            await tab.rest(0.3, 5.0)
            seen = {(a.method, a.url.rpartition("/")[2], a.status, a.main) for a in tab.answers}
            assert {("GET", "first", 200, True), ("GET", "missing.gif", 404, False)} <= seen
            assert ("POST", "fails", 503, False) in seen
            assert [request.url.rpartition("/")[2] for request in tab.changes] == ["fails"]
            assert len(tab.console) >= 2  # the icon that browsers ask for is not there either
            tab.forget()
            await tab.load(f"https://portal.test:{server.port}/second", 5.0)
            await tab.rest(0.2, 5.0)
            assert (tab.console, tab.errors, tab.failed, tab.changes) == ([], [], [], [])
            assert await tab.move("back", 5.0)
            assert tab.url.endswith("/first")
            assert await tab.move("reload", 5.0)

    visit(bench, act)


def test_an_answer_that_its_script_does_not_read_is_not_waited_for(
    server: Server, make_site: SiteMaker
) -> None:
    origin = f"https://portal.test:{server.port}"
    server.page(
        "/unread", "<script>fetch('/me').then(got => { if (!got.ok) throw 1 }).catch(() => 0)</script>"
    )
    server.page("/me", "{}", "application/json", 401, cache_control="no-store")
    bench = bench_of(make_site)

    async def act(wire: Wire) -> None:
        async with wire.browser.tab() as tab:
            assert await tab.load(f"{origin}/unread", 5.0)
            assert await tab.rest(0.2, 5.0)

    visit(bench, act)

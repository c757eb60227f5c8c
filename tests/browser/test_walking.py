"""What forms and buttons of scripts would send is learned by using them, and is never sent."""

import asyncio
import json
from email.message import Message

import pytest

from launchready.collect.reach.sources.walking import Heard, Walk
from launchready.wire import Touch
from launchready.wire.visitor import Visitor

from .conftest import Bench, Sent, Server, SiteMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<meta charset=utf-8><body><a href="/desk">Desk</a>
<form id=f><input name=title required><textarea name=body required></textarea><select name=kind required>
<option value="">Choose</option><option>fault</option></select><button>Open ticket</button></form>
<form id=s role=search><input name=q><button>Find</button></form>
<button id=d>Delete ticket</button><button id=o>Sign out</button>
<script>
fetch('/api/tickets');
f.onsubmit = (e) => { e.preventDefault(); fetch('/api/tickets', {method: 'POST', headers: {'content-type': 'application/json'},
  body: JSON.stringify({title: f.title.value, body: f.body.value, kind: f.kind.value})}); };
s.onsubmit = (e) => { e.preventDefault(); fetch('/api/found', {method: 'POST'}); };
d.onclick = () => { if (confirm('Sure?')) fetch('/api/tickets/7', {method: 'DELETE'}); };
o.onclick = () => fetch('/leave', {method: 'POST'});
</script>"""


@pytest.mark.parametrize("fills_in", [True, False])
@pytest.mark.parametrize("socket", [False, True], ids=["", "with a socket"])
def test_what_scripts_would_send(
    server: Server, make_site: SiteMaker, *, fills_in: bool, socket: bool
) -> None:
    changes: list[str] = []

    def api(method: str, _headers: Message, _body: bytes) -> Sent:
        if method != "GET":
            changes.append(method)
        return 200, "application/json", b'[{"id": 7}]', ()

    more = f"<script>new WebSocket('wss://portal.test:{server.port}/live')</script>" if socket else ""
    server.pages.clear()
    server.acts.clear()
    server.acts |= dict.fromkeys(("/api/tickets", "/api/tickets/7", "/api/found", "/leave"), api)
    server.page("/desk", PAGE + more)
    bench = Bench(make_site())
    bench.wire.gate.consent = Touch.PROBE

    async def run() -> list[Heard]:
        async with bench.wire:
            visitor = Visitor(bench.wire.http, "ada", Touch.SIGN_IN)
            async with bench.wire.browser.profile(visitor) as profile, profile.tab() as tab:
                walk = Walk(bench.site, profile, tab, fills_in=fills_in)
                await walk.go([f"https://portal.test:{server.port}/desk"])
                return walk.heard

    heard = asyncio.run(run())
    server.acts.clear()
    assert changes == [], "nothing is sent"
    found = {
        (each.told.method, each.told.url.rpartition("test:")[2].partition("/")[2]): each.told
        for each in heard
    }
    wanted = {("POST", "api/tickets"), ("DELETE", "api/tickets/7")} if fills_in and not socket else set()
    assert {key for key in found if key[0] != "GET"} == wanted
    if wanted:
        sent = json.loads(found["POST", "api/tickets"].sent)
        assert sent == {"title": "launchready", "body": "launchready", "kind": "fault"}

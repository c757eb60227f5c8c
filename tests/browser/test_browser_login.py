"""Login forms that only scripts send: found by structure, sent once, told apart when they refuse, learned for next time."""

import asyncio
import hashlib
import json
import secrets as randomness
from collections.abc import Awaitable, Callable, Iterator
from email.message import Message
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest

from launchready.collect.people.browser_login import BrowserSignIn, Credentials, sign_in
from launchready.collect.people.browser_way import LearnedWay
from launchready.collect.people.pressing_out import pressed_out
from launchready.site.identities import Step
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor

from .conftest import Bench, Sent, Server, SiteMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORD = "right-word-of-ada"
NAME = "ada@portal.test"
CODE = "135" + "790"


class Portal:
    """A small portal: /session takes the credentials as JSON, /desk shows something to those who are signed in."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.sessions: set[str] = set()
        self.tries: list[dict[str, object]] = []
        self.wants_code = False
        self.csrf = ""
        self.bearer = False
        self.key = ""
        self.refuses: tuple[int, str] = (401, "Das stimmt so nicht.")
        self.digest = ""
        server.pages.clear()
        server.acts.clear()
        server.acts |= {"/session": self.session, "/code": self.code, "/desk": self.desk, "/api/me": self.me}
        server.page("/i.gif", b"GIF89a", "image/gif")
        server.page("/home", "<p>Guten Tag</p><script>fetch('/api/me')</script>")

    def login(self, markup: str, script: str = "") -> None:
        """The login page; `send(name, word)` is there for its script."""
        helper = """
        async function send(name, word, code) {
          const answer = await fetch(code ? '/code' : '/session', {method: 'POST', body: JSON.stringify(code ? {code} : {name, word}),
            headers: {'content-type': 'application/json', 'x-csrf-token': document.querySelector('meta[name=csrf]')?.content ?? ''}});
          const data = await answer.json();
          if (data.token) { window.token = data.token; document.body.innerHTML = '<p>Guten Tag</p>';
            await fetch('/api/me', {headers: {authorization: 'Bearer ' + data.token}}); return; }
          if (data.code) { document.body.innerHTML = data.code; return; }
          if (answer.ok) location = '/home'; else document.getElementById('said').textContent = data.error;
        }"""
        self.server.acts["/login"] = lambda *_: self.page(
            f"<meta charset=utf-8>{self.meta()}<body>{markup}<p id=said></p><script>{helper}{script}</script>"
        )

    def meta(self) -> str:
        if not self.csrf:
            return ""
        self.csrf = randomness.token_hex(16)
        return f"<meta name=csrf content={self.csrf}>"

    @staticmethod
    def page(body: str, status: int = 200, kind: str = "text/html", *headers: tuple[str, str]) -> Sent:
        return status, kind, body.encode(), headers

    def session(self, _method: str, headers: Message, body: bytes) -> Sent:
        sent = json.loads(body)
        self.tries.append(sent)
        if self.csrf and headers["x-csrf-token"] != self.csrf:
            return self.page('{"error": "stale"}', 403, "application/json")
        if sent.get("name") != NAME or sent.get("word") != (self.digest or WORD):
            return self.page(json.dumps({"error": self.refuses[1]}), self.refuses[0], "application/json")
        if self.wants_code:
            boxes = "".join("<input maxlength=1 inputmode=numeric>" for _ in range(6))
            act = "send('', '', [...document.querySelectorAll('input')].map((i) => i.value).join(''))"
            return self.page(json.dumps({"code": f'<div>{boxes}<button onclick="{act}">Weiter</button></div>'}),
                             200, "application/json", ("set-cookie", "half=way; Secure; HttpOnly; Path=/"))  # fmt: skip
        return self.let_in()

    def let_in(self) -> Sent:
        key = randomness.token_hex(16)
        self.sessions.add(key)
        if self.bearer:
            return self.page(json.dumps({"token": key, "refresh_token": key[::-1]}), 200, "application/json")
        cookie = ("set-cookie", f"sid={key}; Secure; HttpOnly; Path=/")
        return self.page('{"ok": true}', 200, "application/json", cookie)

    def code(self, _method: str, _headers: Message, body: bytes) -> Sent:
        self.tries.append(json.loads(body))
        if json.loads(body)["code"] != CODE:
            return self.page('{"error": "nein"}', 401, "application/json")
        return self.let_in()

    def known(self, headers: Message) -> bool:
        if self.key and headers["apikey"] != self.key:
            return False
        bearer = (headers["authorization"] or "").removeprefix("Bearer ")
        cookies = dict(c.strip().split("=", 1) for c in (headers["cookie"] or "").split(";") if "=" in c)
        return bool({bearer, cookies.get("sid", "")} & self.sessions)

    def desk(self, _method: str, headers: Message, _body: bytes) -> Sent:
        return self.page("Crate 7741", 200) if self.known(headers) else self.page("no", 401)

    def me(self, _method: str, headers: Message, _body: bytes) -> Sent:
        return self.page("{}", 200 if self.known(headers) else 401, "application/json")


@pytest.fixture
def portal(server: Server) -> Iterator[Portal]:
    yield Portal(server)
    server.acts.clear()


async def _code() -> str:
    return CODE


Then = Callable[[Wire, Visitor, BrowserSignIn], Awaitable[None]]


class Desk:
    """Signs in on the small portal, with one browser for all attempts of a test."""

    def __init__(self, portal: Portal, make_site: SiteMaker) -> None:
        self.portal, self.bench = portal, Bench(make_site())
        self.bench.wire.gate.consent = Touch.SIGN_IN
        self.start = f"https://portal.test:{portal.server.port}/login"

    async def attempt(
        self, word: str = WORD, steps: tuple[Step, ...] = (), then: Then | None = None, *, code: bool = False
    ) -> tuple[BrowserSignIn, int]:
        """Sign in; gives what came of it, and the status of /desk asked by plain request afterwards."""
        self.portal.tries.clear()
        wire, site = self.bench.wire, self.bench.site
        visitor = Visitor(wire.http, "ada", Touch.SIGN_IN)
        credentials = Credentials(NAME, word, _code if code else None)
        came = await sign_in(wire, site, visitor, self.start, credentials, steps)
        desk = await visitor.fetch("GET", self.start.replace("login", "desk"))
        if then is not None:
            await then(wire, visitor, came)
        assert word not in str(came.trail) + came.says + self.bench.journal.getvalue()
        return came, desk.exchange.status


def attempt(
    portal: Portal,
    make_site: SiteMaker,
    word: str = WORD,
    steps: tuple[Step, ...] = (),
    then: Then | None = None,
    *,
    code: bool = False,
) -> tuple[BrowserSignIn, int]:
    """One attempt with a browser of its own."""
    desk = Desk(portal, make_site)

    async def run() -> tuple[BrowserSignIn, int]:
        async with desk.bench.wire:
            return await desk.attempt(word, steps, then, code=code)

    return asyncio.run(run())


FORM = """<form id=f><label>Kennung <input name=k></label><label>Passwort <input type=password name=p></label>
<button>Anmelden</button></form>"""
ON_SUBMIT = "f.onsubmit = (e) => { e.preventDefault(); send(f.k.value, f.p.value) };"
SHAPES = {
    "fetch": (FORM, ON_SUBMIT),
    "only the button listens": (
        "<div><input id=k placeholder=Benutzer><input id=p type=password><span role=button id=b tabindex=0>→</span></div>",
        "b.onclick = () => send(k.value, p.value);",
    ),
    "only Enter listens": (
        "<div><input id=k><input id=p type=password></div>",
        "p.onkeydown = (e) => { if (e.key === 'Enter') send(k.value, p.value) };",
    ),
    "shadow roots": (
        "<login-box></login-box>",
        """customElements.define('login-box', class extends HTMLElement { connectedCallback() {
        const root = this.attachShadow({mode: 'open'});
        root.innerHTML = '<form><input name=k autocomplete=username><input type=password name=p><button>Go</button></form>';
        const f = root.querySelector('form');
        f.onsubmit = (e) => { e.preventDefault(); send(f.k.value, f.p.value) } } });""",
    ),
    "a frame of the portal": (
        "<iframe srcdoc=\"<input id=k><input id=p type=password><button onclick='parent.send(k.value,p.value)'>OK</button>\"></iframe>",
        "",
    ),
    "two steps": (
        "<form id=f><input name=k type=email><button>次へ</button></form>",
        """f.onsubmit = (e) => { e.preventDefault(); const k = f.k.value; setTimeout(() => {
        f.innerHTML = '<input type=password name=p><button>ログイン</button>';
        f.onsubmit = (e) => { e.preventDefault(); send(k, f.p.value) } }, 300) };""",
    ),
    "a dialogue that a button opens": (
        f"<p>Willkommen</p><button id=o>Anmelden</button><dialog id=d>{FORM}</dialog>",
        ON_SUBMIT + "o.onclick = () => d.showModal();",
    ),
    "traps and other forms": (
        f"""<form><input type=search name=q><button>Suche</button></form>
        <form><input type=email placeholder=Newsletter><button>Abonnieren</button></form>
        <form><input name=u><input type=password autocomplete=new-password><input type=password
        autocomplete=new-password><button>Registrieren</button></form>
        <div style="position:absolute;left:-9999px"><input name=trap><input type=password></div>{FORM}""",
        ON_SUBMIT + "document.querySelector('[name=trap]').oninput = () => { f.k.value = 'trapped' };",
    ),
    "a button that wakes up, a form that lingers": (
        FORM.replace("<button>", "<button disabled>"),
        """f.p.oninput = () => setTimeout(() => { f.querySelector('button').disabled = false }, 200);
        f.onsubmit = (e) => { e.preventDefault(); setTimeout(() => send(f.k.value, f.p.value), 900) };""",
    ),
}


async def test_forms_are_found_and_sent_once(portal: Portal, make_site: SiteMaker) -> None:
    desk = Desk(portal, make_site)
    async with desk.bench.wire:
        for shape, form in SHAPES.items():
            portal.login(*form)
            came, status = await desk.attempt()
            assert (came.reached, came.reason, status) == (True, "", 200), f"{shape}: {came.says}"
            assert len(portal.tries) == 1, shape
            assert came.kind == "browser form"
            assert came.before.cookies == ()


def test_a_token_of_the_pages_own_requests_is_taken_over(portal: Portal, make_site: SiteMaker) -> None:
    portal.bearer = True
    portal.login(FORM, ON_SUBMIT)
    came, desk = attempt(portal, make_site)
    assert (came.reached, desk) == (True, 200)
    assert came.access_token in portal.sessions
    assert came.refresh_token == came.access_token[::-1]


KEYED = """
const own = {apikey: 'of-the-client', 'x-program': 'web 7'};
f.onsubmit = async (e) => { e.preventDefault();
  const answer = await fetch('/session', {method: 'POST', headers: {...own, 'content-type': 'application/json'},
    body: JSON.stringify({name: f.k.value, word: f.p.value})});
  const {token} = await answer.json(); document.body.innerHTML = '<p>Guten Tag</p>';
  await fetch('/api/me', {headers: {...own, authorization: 'Bearer ' + token}}); };"""


def test_a_key_that_the_server_insists_on_goes_along_for_everybody(
    portal: Portal, make_site: SiteMaker
) -> None:
    portal.bearer, portal.key = True, "of-the-client"
    portal.login(FORM, KEYED)

    async def then(wire: Wire, visitor: Visitor, came: BrowserSignIn) -> None:
        assert wire.http.client_headers == {"portal.test": (("apikey", "of-the-client"),)}
        assert [name for name, _ in visitor.headers] == ["Authorization"]
        assert isinstance(came.way, LearnedWay)
        again = Visitor(wire.http, "ada", Touch.SIGN_IN)
        assert (await came.way.attempt(again, NAME, WORD)).accepted
        assert [name for name, _ in again.headers] == ["Authorization"]
        answer = await again.fetch("GET", f"https://portal.test:{portal.server.port}/desk")
        assert answer.exchange.status == 200

    came, desk = attempt(portal, make_site, then=then)
    assert (came.reached, desk) == (True, 200)


def test_headers_that_no_server_asks_for_are_not_carried(portal: Portal, make_site: SiteMaker) -> None:
    portal.bearer = True
    portal.login(FORM, KEYED)

    async def then(wire: Wire, visitor: Visitor, _came: BrowserSignIn) -> None:
        assert wire.http.client_headers == {}
        assert [name for name, _ in visitor.headers] == ["Authorization"]

    assert attempt(portal, make_site, then=then)[1] == 200


MENU = """<header><button id=m aria-label="Account menu">A</button>
<div id=d hidden><button id=o>Abmelden</button><button id=e>Überall abmelden</button></div></header>
<script>m.onclick = () => { d.hidden = !d.hidden };
o.onclick = () => fetch('/leave', {method: 'POST', headers: {'x-reason': 'pressed'}});
e.onclick = () => fetch('/leave/all', {method: 'POST'});</script>"""


def test_what_signs_out_is_learned_by_pressing_and_not_sent(portal: Portal, make_site: SiteMaker) -> None:
    left: list[str] = []
    portal.server.acts["/leave"] = lambda *_: left.append("left") or portal.page("{}")  # type: ignore[func-returns-value]
    portal.server.acts["/menu"] = lambda *_: portal.page("<meta charset=utf-8>" + MENU)
    portal.server.acts["/bare"] = lambda *_: portal.page(
        "<button>Menu</button><button>Delete account</button>"
    )
    bench = Bench(make_site())
    bench.wire.gate.consent = Touch.SIGN_IN
    people: Any = SimpleNamespace(wire=bench.wire, site=bench.site)
    at = f"https://portal.test:{portal.server.port}"

    async def run() -> None:
        async with bench.wire:
            session: Any = SimpleNamespace(
                visitor=Visitor(bench.wire.http, "ada", Touch.SIGN_IN),
                identity=SimpleNamespace(username=NAME),
            )
            control = await pressed_out(people, session, f"{at}/menu")
            assert control is not None
            assert (control.how, control.method, control.url) == ("pressed", "POST", f"{at}/leave")
            assert ("x-reason", "pressed") in control.headers
            assert await pressed_out(people, session, f"{at}/bare") is None

    asyncio.run(run())
    assert left == []


def test_a_code_is_given_where_it_is_asked_for(portal: Portal, make_site: SiteMaker) -> None:
    portal.wants_code = True
    portal.login(FORM, ON_SUBMIT)
    came, desk = attempt(portal, make_site, code=True)
    assert (came.reached, came.second_factor, desk) == (True, "totp", 200), came.says
    assert portal.tries[-1] == {"code": CODE}
    assert came.halfway is not None
    assert [cookie.name for cookie in came.halfway.cookies] == ["half"]


def test_a_code_that_we_do_not_have_is_said(portal: Portal, make_site: SiteMaker) -> None:
    portal.wants_code = True
    portal.login(FORM, ON_SUBMIT)
    came, desk = attempt(portal, make_site)
    assert (came.reached, came.reason, desk) == (False, "second-factor", 401)
    assert len(portal.tries) == 1


REFUSALS = [
    ((401, "Das stimmt so nicht."), "", "wrong-credentials"),
    ((200, "Das stimmt so nicht."), "", "wrong-credentials"),
    ((423, "…"), "", "locked"),
    ((403, "Ihr Konto ist gesperrt."), "", "locked"),
    ((429, "…"), "", "limited"),
    ((403, "nein"), "<div class=h-captcha data-sitekey=x>?</div>", "captcha"),
]
SILENT = """f.onsubmit = async (e) => { e.preventDefault();
await fetch('/session', {method: 'POST', body: JSON.stringify({name: f.k.value, word: f.p.value})});
said.textContent = 'Nein' };"""


async def test_refusals_are_told_apart_and_not_tried_again(portal: Portal, make_site: SiteMaker) -> None:
    desk = Desk(portal, make_site)
    async with desk.bench.wire:
        for refuses, extra, reason in REFUSALS:
            portal.refuses = refuses
            portal.login(FORM + extra, SILENT if refuses[0] == 200 else ON_SUBMIT)
            came, status = await desk.attempt("not-the-right-word")
            assert (came.reached, came.reason, status) == (False, reason, 401), refuses
            assert len(portal.tries) == 1
            assert desk.bench.attached[came.screenshot].startswith(b"\x89PNG")
            assert len(came.says.split()) > 5


async def test_no_form_is_said(portal: Portal, make_site: SiteMaker) -> None:
    desk = Desk(portal, make_site)
    async with desk.bench.wire:
        for markup in ("<h1>Bald</h1>", "<form><input type=search><button>Los</button></form>"):
            portal.login(markup)
            came, _ = await desk.attempt()
            assert (came.reached, came.reason) == (False, "no-form")
            assert portal.tries == []


ELSEWHERE = """
const ask = (k) => fetch('https://login.example.org/token', {method: 'POST', body: k}).catch(() => { said.textContent = 'Netz?' });
"""


async def test_a_login_that_asks_a_host_outside_the_scope_is_not_called_a_refusal(
    portal: Portal, make_site: SiteMaker
) -> None:
    desk = Desk(portal, make_site)
    beacon = "navigator.sendBeacon('https://count.example.org/', 'seen'); "
    async with desk.bench.wire:
        portal.login(FORM, ELSEWHERE + "f.onsubmit = (e) => { e.preventDefault(); ask(f.k.value) };")
        came, _ = await desk.attempt()
        assert (came.reached, came.reason) == (False, "elsewhere")
        assert "login.example.org" in came.why
        assert "login.example.org" in came.settle_by

        portal.login(
            FORM, f"f.onsubmit = (e) => {{ e.preventDefault(); {beacon} send(f.k.value, 'wrong') }};"
        )
        came, _ = await desk.attempt()
        assert (came.reason, came.why) == ("wrong-credentials", ""), "the portal was asked, and refused"


async def test_what_keeps_a_form_from_appearing_is_said(portal: Portal, make_site: SiteMaker) -> None:
    desk = Desk(portal, make_site)
    async with desk.bench.wire:
        portal.login("<div id=root></div>", "throw new Error('the key is missing')")
        came, _ = await desk.attempt()
        assert came.reason == "no-form"
        assert "the key is missing" in came.says

        portal.login("<div id=root></div><script src='https://static.example.org/app.js'></script>")
        came, _ = await desk.attempt()
        assert came.reason == "no-form"
        assert "static.example.org" in came.says
        assert "subresources" in came.settle_by


def test_a_form_whose_button_does_nothing_is_said(portal: Portal, make_site: SiteMaker) -> None:
    portal.login(FORM, "f.onsubmit = (e) => e.preventDefault();")
    came, _ = attempt(portal, make_site)
    assert (came.reached, came.reason) == (False, "no-form")


@pytest.mark.parametrize("guarded", [False, True])
def test_what_was_sent_is_learned_and_sent_again_by_plain_requests(
    portal: Portal, make_site: SiteMaker, *, guarded: bool
) -> None:
    portal.csrf = "yes" if guarded else ""
    portal.login(FORM, ON_SUBMIT)

    async def then(wire: Wire, visitor: Visitor, came: BrowserSignIn) -> None:
        assert isinstance(came.way, LearnedWay)
        for word, accepted in ((WORD, True), ("wrong", False)):
            other = Visitor(wire.http, "ada", Touch.SIGN_IN)
            tried = await came.way.attempt(other, NAME, word)
            assert tried.accepted is accepted
            assert tried.reason == ("" if accepted else "wrong-credentials")
            assert bool(other.cookies) is accepted

    came, _ = attempt(portal, make_site, then=then)
    assert came.way is not None
    assert came.way.url.endswith("/session")
    assert [each["word"] == WORD for each in portal.tries] == [True, True, False]


def test_what_cannot_be_learned_is_typed_again(portal: Portal, make_site: SiteMaker) -> None:
    portal.digest = hashlib.sha256(WORD.encode()).hexdigest()
    hashing = """async function hash(word) { const raw = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(word));
    return [...new Uint8Array(raw)].map((b) => b.toString(16).padStart(2, '0')).join('') }
    f.onsubmit = async (e) => { e.preventDefault(); send(f.k.value, await hash(f.p.value)) };"""
    portal.login(FORM, hashing)

    async def then(wire: Wire, visitor: Visitor, came: BrowserSignIn) -> None:
        assert came.way is not None
        assert not isinstance(came.way, LearnedWay)
        other = Visitor(wire.http, "ada", Touch.SIGN_IN)
        tried = await came.way.attempt(other, NAME, "wrong")
        assert (tried.accepted, tried.reason) == (False, "wrong-credentials")

    came, desk = attempt(portal, make_site, then=then)
    assert (came.reached, desk) == (True, 200)


def test_a_recipe_is_done_step_by_step(portal: Portal, make_site: SiteMaker) -> None:
    portal.login("<input type=text id=firm><input id=k><input id=p style='-webkit-text-security:disc'><b id=b>Los</b>",
                 "b.onclick = () => { if (firm.value === 'Harbour') send(k.value, p.value) };")  # fmt: skip
    steps = (
        Step(open="/login"),
        Step(fill="#firm", value="Harbour"),
        Step(fill="#k", value="{username}"),
        Step(fill="#p", value="{password}"),
        Step(click="Los"),
        Step(expect="Guten Tag"),
    )
    came, desk = attempt(portal, make_site, steps=steps)
    assert (came.reached, came.kind, desk) == (True, "recipe", 200), came.says
    came, _ = attempt(portal, make_site, steps=(*steps[:2], Step(click="Anderswo"), *steps[2:]))
    assert (came.reached, came.reason) == (False, "no-form")
    assert "step 3 of the recipe" in came.says
    assert portal.tries == []


def test_form_encoded_bodies_are_learned_too(portal: Portal, make_site: SiteMaker) -> None:
    def classic(_method: str, _headers: Message, body: bytes) -> Sent:
        fields = parse_qs(body.decode())
        portal.tries.append(dict(fields))
        return portal.let_in() if fields["p"] == [WORD] else portal.page("{}", 401, "application/json")

    portal.server.acts["/classic"] = classic
    portal.login(FORM, """f.onsubmit = async (e) => { e.preventDefault();
        const answer = await fetch('/classic', {method: 'POST', body: new URLSearchParams(new FormData(f))});
        if (answer.ok) location = '/home' };""")  # fmt: skip

    async def then(wire: Wire, visitor: Visitor, came: BrowserSignIn) -> None:
        assert came.way is not None
        tried = await came.way.attempt(Visitor(wire.http, "ada", Touch.SIGN_IN), NAME, WORD)
        assert tried.accepted

    came, desk = attempt(portal, make_site, then=then)
    assert (came.reached, desk) == (True, 200)

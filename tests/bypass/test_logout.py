"""Signing out of small portals of every make, sound and not, signed in to by the real thing."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest

from launchready.checks.auth.logout import judge
from launchready.collect.signout import sign_outs
from launchready.verdict import Fail, Pass, Unknown, Verdict

Run = Callable[..., Any]
NAME = "nora@northwind.test"


@dataclass
class Desk:
    """A portal with a login form, whose way to sign out each test writes.

    Attributes:
        control: HTML for those who are signed in; {csrf} is filled in.
        out: answers a request that may sign out, or None; gets the desk, the request and the session.
        ends, clears: whether signing out ends the session, and makes the browser forget it.
    """

    tools: Any
    control: str = ""
    out: Callable[["Desk", Any, str], Any] = lambda _desk, _request, _sid: None
    ends: bool = True
    clears: bool = True
    sessions: dict[str, str] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)

    def __call__(self, request: Any) -> Any:
        self.asked.append(request)
        sid = request.cookies.get("sid", "")
        csrf = self.sessions.get(sid, "")
        given = self.out(self, request, sid if csrf else "")
        if given is not None:
            return given
        if request.path == "/login" and request.method == "POST":
            form = dict(parse_qsl(request.body.decode()))
            if (form.get("user"), form.get("password")) != (NAME, "right-" + "word"):
                return self.login(401)
            new = secrets.token_urlsafe(24)
            self.sessions[new] = secrets.token_urlsafe(12)
            return 303, [("Location", "/desk"), ("Set-Cookie", f"sid={new}; Path=/; Secure; HttpOnly")], b""
        if request.path == "/login":
            return self.login(200)
        if request.path == "/":
            return self.tools.page("<h1>Boats</h1><a href=/login>Log in</a>")
        if not csrf:
            return self.tools.away("/login")
        if request.path == "/desk":
            text = f"<!doctype html><head><meta name=csrf-param content=csrf><meta name=csrf-token content={csrf}></head>"
            text += f"<h1>Desk of {NAME}</h1>{self.control.replace('{csrf}', csrf)}"
            return 200, {"Content-Type": "text/html"}, text.encode()
        return self.tools.page("<h1>No such page</h1>", status=404)

    def login(self, status: int) -> Any:
        form = "<form method=post action=/login><input name=user><input type=password name=password><button>Go</button></form>"
        return self.tools.page(form, status=status)

    def end(self, sid: str, where: str = "/") -> Any:
        """End this session as far as this desk does."""
        if self.ends:
            self.sessions.pop(sid, None)
        cookie = [("Set-Cookie", "sid=; Path=/; Secure; HttpOnly; Max-Age=0")] if self.clears else []
        return 303, [("Location", where), *cookie], b""

    def is_right(self, request: Any, sid: str) -> bool:
        form = dict(parse_qsl(request.body.decode()))
        return bool(sid) and form.get("csrf") == self.sessions[sid]


FORM = '<form method=post action=/logout><input type=hidden name=csrf value="{csrf}"><button>Log out</button></form>'


def by_form(desk: Desk, request: Any, sid: str) -> Any:
    if request.path != "/logout":
        return None
    if request.method != "POST" or not desk.is_right(request, sid):
        return 403, {"Content-Type": "text/plain"}, b"no"
    return desk.end(sid)


@pytest.fixture
def judged(run: Run, tools: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setenv("BYPASS_TEST_WORD", "right-" + "word")

    async def look(desk: Any, **named: Any) -> Verdict:
        identity = {"name": "nora", "username": NAME, "password": "env:BYPASS_TEST_WORD", "test": True}
        async with run(desk, identity=identity, **named) as harbour:
            sessions = await harbour.people.everybody()
            assert sessions.signed_in, sessions
            found = await sign_outs(harbour.wire, harbour.site, harbour.people, sessions)
            assert await (await harbour.people.shared("nora")).is_proved(), (
                "the shared session goes on, or is renewed"
            )
            return judge(found)

    return look


async def test_a_form_that_ends_the_session(judged: Any, tools: Any) -> None:
    assert isinstance(await judged(Desk(tools, FORM, by_form)), Pass)


@pytest.mark.parametrize("clears", [True, False])
async def test_a_form_that_only_seems_to(judged: Any, tools: Any, *, clears: bool) -> None:
    verdict = await judged(Desk(tools, FORM, by_form, ends=False, clears=clears))
    assert isinstance(verdict, Fail)
    (finding,) = verdict.findings
    assert finding.subject.endswith("/logout (cookie)")
    assert ("the browser forgot" in finding.detail) == clears


async def test_a_link_by_get(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        return desk.end(sid, "/login") if request.path == "/abmelden" else None

    link = '<a href="/abmelden"><img src=x alt=""> Abmelden</a>'
    assert isinstance(await judged(Desk(tools, link, out)), Pass)
    assert isinstance(await judged(Desk(tools, link, out, ends=False)), Fail)


@pytest.mark.parametrize("attribute", ["data-method", "data-turbo-method"])
async def test_a_link_whose_attribute_names_the_method(judged: Any, tools: Any, attribute: str) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        if request.path != "/users/sign_out":
            return None
        fine = request.method == "POST" and b"_method=delete" in request.body and desk.is_right(request, sid)
        return desk.end(sid) if fine else (404, {}, b"")

    assert isinstance(
        await judged(Desk(tools, f"<a {attribute}=delete href=/users/sign_out>Sign out</a>", out)), Pass
    )


async def test_a_page_that_asks_first(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        if request.path != "/accounts/logout/":
            return None
        if request.method == "GET":
            form = f'<form method=post><input type=hidden name=csrf value="{desk.sessions.get(sid, "")}"><button>Ja</button></form>'
            return tools.page(f"<h1>Wirklich?</h1>{form}")
        return desk.end(sid) if desk.is_right(request, sid) else (403, {}, b"")

    assert isinstance(await judged(Desk(tools, '<a href="/accounts/logout/">Logout</a>', out)), Pass)
    assert isinstance(
        await judged(Desk(tools, '<a href="/accounts/logout/">Logout</a>', out, ends=False)), Fail
    )


async def test_signing_out_of_other_devices_is_another_thing(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        if request.path == "/others":
            return 303, {"Location": "/desk"}, b""
        return by_form(desk, request, sid)

    other = FORM.replace("/logout", "/others").replace("Log out", "Sign out of all other devices")
    assert isinstance(await judged(Desk(tools, other + FORM, out)), Pass)
    assert isinstance(await judged(Desk(tools, other, out)), Unknown)


async def test_what_only_a_script_can_press_is_no_fault(judged: Any, tools: Any) -> None:
    def shell(desk: Desk, request: Any, sid: str) -> Any:
        return tools.page("<div id=app></div>") if request.path == "/logout" else None

    for control in ('<a href="/logout">Log out</a>', "<button>Log out</button>", ""):
        verdict = await judged(Desk(tools, control, shell))
        assert isinstance(verdict, Unknown), control
        assert "[login]" in verdict.doubts[0].settle_by


async def test_a_form_that_is_refused_is_no_fault(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        return (403, {"Content-Type": "text/plain"}, b"no") if request.path == "/logout" else None

    assert isinstance(await judged(Desk(tools, FORM, out)), Unknown)


async def test_a_declared_address(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        return desk.end(sid) if request.path == "/ut" else None

    assert isinstance(await judged(Desk(tools, "", out), login={"logout": "/ut"}), Pass)
    assert isinstance(await judged(Desk(tools, "", out, ends=False), login={"logout": "/ut"}), Fail)


async def test_all_sessions_of_the_person_may_end(judged: Any, tools: Any) -> None:
    def out(desk: Desk, request: Any, sid: str) -> Any:
        if request.path != "/logout" or not desk.is_right(request, sid):
            return None
        answer = desk.end(sid)
        desk.sessions.clear()
        return answer

    verdict = await judged(Desk(tools, FORM, out))
    assert isinstance(verdict, Pass)
    assert any("ended as well" in each.detail for each in verdict.seen)


async def test_a_pasted_session_is_never_signed_out(
    run: Run, tools: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tools, FORM, by_form)
    desk.sessions["given-by-hand-0123456789"] = "token"
    monkeypatch.setenv("BYPASS_TEST_COOKIE", "sid=given-by-hand-0123456789")
    identity = {"name": "nora", "username": NAME, "cookie": "env:BYPASS_TEST_COOKIE", "proof": "/desk"}
    async with run(desk, identity=identity) as harbour:
        sessions = await harbour.people.everybody()
        assert sessions.signed_in
        found = await sign_outs(harbour.wire, harbour.site, harbour.people, sessions)
    assert isinstance(judge(found), Unknown)
    assert desk.sessions
    assert not [each for each in desk.asked if each.method == "POST"]


# Tokens.


@dataclass
class Api:
    """A single-page application: a JSON login that gives an access and a refresh token.

    Attributes:
        refresh_at: where refresh tokens are exchanged.
        called: what the refresh token is called.
        ends_access, ends_refresh: what signing out voids.
        method, out_at: how one signs out.
        script: what the application's script says.
    """

    tools: Any
    refresh_at: str = "/api/auth/refresh"
    called: str = "refresh_token"
    ends_access: bool = True
    ends_refresh: bool = True
    method: str = "POST"
    out_at: str = "/api/auth/logout"
    script: str = (
        'fetch("/api/auth/login",{method:"POST"});fetch("/api/me");fetch("/api/auth/logout",{method:"POST"})'
    )
    access: dict[str, int] = field(default_factory=dict)
    refresh: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def __call__(self, request: Any) -> Any:
        import json

        if request.path == "/app.js":
            return 200, {"Content-Type": "text/javascript"}, self.script.encode()
        if not request.path.startswith("/api/"):
            return self.tools.page(
                "<div id=app><form><input type=email name=email><input type=password></form></div><script src=/app.js></script>"
            )
        body = json.loads(request.body or b"{}") if request.method == "POST" else {}
        session = self.access.get(request.bearer, 0)
        if request.path == "/api/auth/login":
            if body.get("email") == NAME and body.get("password") == "right-" + "word":
                self.count += 1
                return self.tools.data(self.pair(self.count))
            return self.tools.data({"error": "email and password are wanted"}, 400 if not body else 401)
        if request.path == self.refresh_at and request.method == "POST":
            found = self.refresh.pop(body.get(self.called, ""), 0)
            return self.tools.data(self.pair(found)) if found else self.tools.data({"error": "no"}, 401)
        if request.path == self.out_at and request.method == self.method:
            if self.ends_access:
                self.access = {token: number for token, number in self.access.items() if number != session}
            if self.ends_refresh:
                self.refresh = {token: number for token, number in self.refresh.items() if number != session}
            return 204, {}, b""
        if request.path == "/api/me" and session:
            return self.tools.data({"id": 7, "email": NAME})
        return self.tools.data({"error": "sign in"}, 401 if request.path == "/api/me" else 404)

    def pair(self, number: int) -> dict[str, str]:
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.access[access], self.refresh[refresh] = number, number
        return {"access_token": access, self.called: refresh}


async def test_tokens_that_end_with_the_session(judged: Any, tools: Any) -> None:
    verdict = await judged(Api(tools))
    assert isinstance(verdict, Pass), verdict
    assert "access token and the refresh token were refused" in verdict.seen[0].detail


async def test_tokens_that_outlive_it(judged: Any, tools: Any) -> None:
    verdict = await judged(Api(tools, ends_access=False))
    assert isinstance(verdict, Fail)
    assert [f.subject.endswith("(access token)") for f in verdict.findings] == [True]
    verdict = await judged(Api(tools, ends_refresh=False))
    assert isinstance(verdict, Fail)
    assert [f.subject.endswith("(refresh token)") for f in verdict.findings] == [True]


async def test_other_names_for_the_refresh_token(judged: Any, tools: Any) -> None:
    assert isinstance(await judged(Api(tools, called="refreshToken")), Pass)
    verdict = await judged(Api(tools, called="refreshToken", ends_refresh=False))
    assert isinstance(verdict, Fail)


async def test_a_session_that_is_deleted(judged: Any, tools: Any) -> None:
    script = 'fetch("/api/auth/login");fetch("/api/me");fetch("/api/session",{method:"DELETE"})'
    assert isinstance(await judged(Api(tools, method="DELETE", out_at="/api/session", script=script)), Pass)


async def test_a_refresh_token_that_nobody_knows_where_to_send(judged: Any, tools: Any) -> None:
    api = Api(tools, refresh_at="/api/elsewhere/again", ends_refresh=False)
    verdict = await judged(api)
    assert isinstance(verdict, Unknown)
    assert "refresh" in verdict.doubts[0].settle_by
    api = Api(tools, refresh_at="/api/elsewhere/again", ends_refresh=False)
    assert isinstance(await judged(api, login={"refresh": "/api/elsewhere/again"}), Fail)

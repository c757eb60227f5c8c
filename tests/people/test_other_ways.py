"""Tokens, pasted sessions, JSON, second factors: what does not go through a plain form."""

import base64
import json
from typing import Any

import pyotp
import pytest

from launchready.collect.people import NotSignedIn
from launchready.collect.people.codes import Codes
from launchready.errors import UsageError

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def uri(period: int) -> str:
    return f"otpauth://totp/portal:nora?secret={SECRET}&period={period}"


def api(portal: Any) -> None:
    """GET /api/me tells who asks, by bearer token; a page without anything else."""
    make = type(portal.form())

    def me(asked: Any) -> Any:
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        member = portal.sessions.get(token)
        return make(json.dumps({"email": member})) if member else make('{"error": "no"}', 401)

    portal.answers |= {
        "GET /": lambda _asked: make('<div id="app"></div><script>fetch("/api/me")</script>'),
        "GET /login": lambda _asked: make("<p>None.</p>", 404),
        "GET /api/me": me,
    }


async def test_a_bearer_token(stage: Any) -> None:
    api(stage.portal)
    token = stage.portal.begin("nora@portal.test")
    async with stage.people(stage.nora(password=None, token=stage.secret(token))) as people:
        nora = await people.shared("nora")
        assert nora.record.way == "token"
        assert nora.record.carriers == ("header authorization",)
        assert nora.access_token == token
        assert nora.mark.kind in ("whoami", "name")


async def test_a_token_that_is_not_known_is_no_session(stage: Any) -> None:
    api(stage.portal)
    async with stage.people(stage.nora(password=None, token=stage.secret("a" * 30))) as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "no-proof"


async def test_a_pasted_cookie(stage: Any) -> None:
    sid = stage.portal.begin("nora@portal.test")
    stage.portal.answers["GET /"] = stage.portal.desk
    async with stage.people(stage.nora(password=None, cookie=stage.secret(f"sid={sid}"))) as people:
        nora = await people.shared("nora")
        assert nora.record.way == "cookie"
        assert nora.record.carriers == ("cookie sid",)


async def test_a_pasted_session_that_has_ended_gives_way_to_the_password(stage: Any) -> None:
    async with stage.people(stage.nora(cookie=stage.secret("sid=gone"))) as people:
        record = (await people.shared("nora")).record
    assert record.way == "form"
    assert [attempt.way for attempt in record.attempts] == ["cookie", "form"]


async def test_a_header(stage: Any) -> None:
    make = type(stage.portal.form())
    stage.portal.answers["GET /"] = lambda asked: make(
        "<p>nora@portal.test</p>" if asked.headers.get("x-key") == "k-17" else "<p>Welcome.</p>"
    )
    async with stage.people(stage.nora(password=None, header=stage.secret("X-Key: k-17"))) as people:
        assert (await people.shared("nora")).record.carriers == ("header x-key",)


async def test_a_storage_state_with_a_cookie(stage: Any) -> None:
    sid = stage.portal.begin("nora@portal.test")
    stage.portal.answers["GET /"] = stage.portal.desk
    cookie = {"name": "sid", "value": sid, "domain": "localhost", "path": "/", "expires": -1, "secure": True}
    state = stage.secret(json.dumps({"cookies": [cookie], "origins": []}))
    async with stage.people(stage.nora(password=None, storage_state=state)) as people:
        assert (await people.shared("nora")).record.way == "storage-state"


async def test_a_storage_state_with_a_token(stage: Any) -> None:
    api(stage.portal)
    token = stage.portal.begin("nora@portal.test")
    async with stage.loopback.serve(stage.portal.handle, tls=stage.loopback.tls("localhost")):
        stored = [{"name": "auth", "value": json.dumps({"state": {"accessToken": token}})}]
    origins = [{"origin": "https://localhost:1", "localStorage": stored}]
    state = stage.secret(json.dumps({"cookies": [], "origins": origins}))
    async with stage.people(stage.nora(password=None, storage_state=state)) as people:
        assert (await people.shared("nora")).access_token == token


@pytest.mark.parametrize(
    ("key", "text"), [("storage_state", "{"), ("cookie", "none"), ("header", "none"), ("totp", "not base32!")]
)
async def test_a_secret_of_the_wrong_kind_is_told_without_it(stage: Any, key: str, text: str) -> None:
    async with stage.people(stage.nora(**{key: stage.secret(text)})) as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "secret-missing"
    assert "base32!" not in str(failure.value)


@pytest.mark.parametrize("names", [("email", "password"), ("username", "password")])
async def test_a_json_login_found_in_a_script(stage: Any, names: tuple[str, str]) -> None:
    portal = stage.portal
    api(portal)
    make = type(portal.form())

    def take(asked: Any) -> Any:
        sent = asked.json
        if set(sent) != set(names):
            return make('{"error": "fields are missing"}', 400)
        if portal.members.get(sent[names[0]]) != sent[names[1]]:
            return make('{"error": "wrong"}', 401)
        return make(json.dumps({"access_token": portal.begin(sent[names[0]]), "refresh_token": "r" * 20}))

    portal.answers["GET /"] = lambda _asked: make('<script>post("/api/session/login")</script>')
    portal.answers["POST /api/session/login"] = take
    async with stage.people() as people:
        nora = await people.shared("nora")
        assert nora.record.way == "json"
        assert nora.refresh_token == "r" * 20
        tried = await nora.way.attempt(people.stranger(), "nora@portal.test", "wrong")
        assert not tried.accepted


async def test_a_json_login_that_refuses_is_not_asked_again(stage: Any) -> None:
    portal = stage.portal
    api(portal)
    make = type(portal.form())
    portal.answers["GET /"] = lambda _asked: make('<script>post("/api/login")</script>')
    portal.answers["POST /api/login"] = lambda asked: (
        make('{"error": "wrong"}', 401) if asked.json else make('{"error": "email and password"}', 400)
    )
    async with stage.people() as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "wrong-credentials"
    assert sum(b"correct-horse" in each.body for each in portal.asked) == 1


async def test_http_basic(stage: Any) -> None:
    make = type(stage.portal.form())
    right = "Basic " + base64.b64encode(b"nora@portal.test:correct-horse").decode()

    def start(asked: Any) -> Any:
        if asked.headers.get("authorization") == right:
            return make("<p>nora@portal.test</p>")
        return make("<p>No.</p>", 401, (("WWW-Authenticate", 'Basic realm="x"'),))

    stage.portal.answers |= {"GET /": start, "GET /login": lambda _asked: make("", 404)}
    async with stage.people() as people:
        assert (await people.shared("nora")).record.way == "basic"


class WithCode:
    """After the password a page asks for a code; `refuses` wrong and used ones."""

    FORM = '<form method="post" action="/code"><input name="digits" inputmode="numeric" maxlength="6"><button>Go</button></form>'

    def __init__(self, portal: Any, period: int, behind: int = 0) -> None:
        self.portal, self.totp, self.behind = portal, pyotp.TOTP(SECRET, interval=period), behind
        self.make = type(portal.form())
        self.waiting: set[str] = set()
        self.given: list[str] = []
        portal.answers |= {"POST /login": self.take, "GET /code": self.ask, "POST /code": self.check}

    def take(self, asked: Any) -> Any:
        answer = self.portal.take(asked)
        for name, value in answer.headers:
            if name == "Set-Cookie":
                sid = value.partition(";")[0].removeprefix("sid=")
                self.portal.sessions.pop(sid)
                self.waiting.add(sid)
                return self.make("", 303, (("Location", "/code"), ("Set-Cookie", value)))
        return answer

    def ask(self, _asked: Any) -> Any:
        return self.make("<p>nora@portal.test, your code:</p>" + self.FORM)

    def check(self, asked: Any) -> Any:
        import time

        code, sid = asked.form["digits"], asked.cookies["sid"]
        self.given.append(code)
        right = self.totp.at(int(time.time()) - self.behind)
        if sid not in self.waiting or code != right or self.given.count(code) > 1:
            return self.make("<p>That code is wrong.</p>" + self.FORM, 401)
        new = self.portal.begin("nora@portal.test")
        return self.make("", 303, (("Location", "/desk"), ("Set-Cookie", f"sid={new}; Path=/; Secure")))


async def test_a_code_by_the_clock_is_given_and_halfway_proves_nothing(stage: Any) -> None:
    WithCode(stage.portal, 30)
    async with stage.people(stage.nora(totp=stage.secret(SECRET))) as people:
        nora = await people.shared("nora")
        assert nora.record.second_factor == "totp"
        assert nora.halfway
        assert nora.asked
        assert not await nora.is_proved(nora.halfway)
        assert nora.record.halfway != nora.record.after


async def test_no_code_is_sent_twice(stage: Any) -> None:
    steps = WithCode(stage.portal, 1)
    async with stage.people(stage.nora(totp=stage.secret(uri(1)))) as people:
        await people.shared("nora")
        await people.fresh("nora")
        await people.code("nora")
    assert len(set(steps.given)) == len(steps.given)


async def test_a_code_that_is_refused_is_followed_by_the_next_one_once(stage: Any) -> None:
    steps = WithCode(stage.portal, 1, behind=3_600)
    async with stage.people(stage.nora(totp=stage.secret(uri(1)))) as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "second-factor"
    assert len(steps.given) == 2
    assert stage.portal.passwords_sent == 3  # once the password, twice a code


async def test_a_code_that_cannot_be_given_is_told(stage: Any) -> None:
    WithCode(stage.portal, 30)
    async with stage.people() as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "second-factor"


class WithCodeBeside(WithCode):
    """After the password the same form comes back, empty, with a field for the code."""

    FIELD = '<input name="digits" inputmode="numeric" autocomplete="one-time-code">'

    def take(self, asked: Any) -> Any:
        answer = self.portal.take(asked)
        if answer.status != 303:
            return answer
        if "digits" not in asked.form:
            return self.again("Please enter the code of your app.")
        import time

        self.given.append(asked.form["digits"])
        right = self.totp.at(int(time.time()) - self.behind)
        return answer if asked.form["digits"] == right else self.again("That code is wrong.")

    def again(self, said: str) -> Any:
        form = self.portal.form(f"<p>{said}</p>")
        return self.make(form.body.replace("<button>", self.FIELD + "<button>"))


async def test_a_code_that_the_same_form_asks_for_later(stage: Any) -> None:
    steps = WithCodeBeside(stage.portal, 30)
    async with stage.people(stage.nora(totp=stage.secret(SECRET))) as people:
        nora = await people.shared("nora")
        assert nora.record.second_factor == "totp"
        halfway = nora.visitor.copy()
        password = people.typed("nora").password
        asked = await nora.way.attempt(halfway, "nora@portal.test", password)
        assert asked.second_step
        again = await people.second_step(nora, halfway, "000000", asked=asked.page)
        assert (again.accepted, again.reason) == (False, "second-factor")
    assert len(steps.given) == 2


async def test_a_code_that_the_same_form_asks_for_and_nobody_has_is_told(stage: Any) -> None:
    WithCodeBeside(stage.portal, 30)
    async with stage.people() as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    assert failure.value.reason == "second-factor"


async def test_where_the_password_alone_opens_everything_the_session_is_still_proved(stage: Any) -> None:
    WithCode(stage.portal, 30)
    take = stage.portal.answers["POST /login"]

    def keep(asked: Any) -> Any:
        answer = take(asked)
        for name, value in answer.headers:
            if name == "Set-Cookie":
                stage.portal.sessions[value.partition(";")[0].removeprefix("sid=")] = "nora@portal.test"
        return answer

    stage.portal.answers["POST /login"] = keep
    async with stage.people(stage.nora(totp=stage.secret(SECRET))) as people:
        nora = await people.shared("nora")
        assert await nora.is_proved(nora.halfway)


async def test_codes_wait_for_a_new_step() -> None:
    codes = Codes(uri(1))
    given = [await codes.unused() for _ in range(3)]
    assert len(set(given)) == 3


def test_a_secret_is_read_as_people_write_it() -> None:
    Codes("jbsw y3dp ehpk 3pxp").check()
    with pytest.raises(UsageError) as failure:
        Codes(f"otpauth://hotp/portal:nora?secret={SECRET}&counter=1").check()
    assert SECRET not in str(failure.value)

"""Signing in by a form: once, proved, and never so often that an account is locked."""

from typing import Any

import pytest

from launchready.collect.people import NotSignedIn
from launchready.errors import SignInFailed
from launchready.evidence.sessions import NoSession, SessionStart
from launchready.verdict import Cause
from launchready.wire import Touch


async def reason(stage: Any, *identities: dict[str, Any], **more: Any) -> NotSignedIn:
    async with stage.people(*identities, **more) as people:
        with pytest.raises(NotSignedIn) as failure:
            await people.shared("nora")
    return failure.value


async def test_a_session_is_proved_by_what_a_stranger_does_not_see(stage: Any) -> None:
    async with stage.people() as people:
        nora = await people.shared("nora")
        assert await nora.is_proved()
        assert not await nora.is_proved(people.stranger())
        assert nora.mark.kind == "name"
        assert nora.mark.url.endswith("/desk")
        assert nora.record.carriers == ("cookie sid",)
        assert await people.shared("nora") is nora
    assert stage.portal.passwords_sent == 1


async def test_nothing_secret_stands_in_the_evidence_or_the_journal(stage: Any) -> None:
    async with stage.people() as people:
        sessions = await people.everybody()
        values = [cookie.value for cookie in (await people.shared("nora")).visitor.cookies]
    assert isinstance(sessions.people[0], SessionStart)
    shown = repr(sessions) + stage.loopback.journal.getvalue()
    assert values
    assert not any(secret in shown for secret in ("correct-horse", *values))


async def test_the_journal_says_who_asked(stage: Any) -> None:
    async with stage.people() as people:
        await people.shared("nora")
    posts = [line for line in stage.loopback.lines if line["method"] == "POST"]
    assert {line["who"] for line in posts} == {"nora"}


async def test_a_fresh_session_leaves_the_shared_one_alone(stage: Any) -> None:
    async with stage.people() as people:
        nora, other = await people.shared("nora"), await people.fresh("nora")
        assert nora.visitor.cookies != other.visitor.cookies
        stage.portal.sessions.pop(dict(other.visitor.held(other.mark.url))["sid"])
        assert not await other.is_proved()
        assert await nora.is_proved()


async def test_a_session_that_ended_is_renewed_in_place(stage: Any) -> None:
    async with stage.people() as people:
        nora = await people.shared("nora")
        stage.portal.sessions.clear()
        async with people.acting_as("nora") as again:
            assert again.visitor is nora.visitor
            assert await again.is_proved()
    assert stage.portal.passwords_sent == 2


async def test_a_session_that_is_lost_in_use_is_told(stage: Any) -> None:
    async with stage.people() as people:
        with pytest.raises(SignInFailed, match="lost"):
            async with people.acting_as("nora"):
                stage.portal.sessions.clear()


async def test_after_a_refusal_nothing_is_sent_again(stage: Any) -> None:
    failure = await reason(stage, stage.nora(password=stage.secret("not-this")))
    assert failure.reason == "wrong-credentials"
    assert stage.portal.passwords_sent == 1
    assert isinstance(failure.evidence(), NoSession)
    assert failure.evidence().why.cause is Cause.NOT_AUTHORISED


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (423, "<p>No.</p>", "locked"),
        (403, "<p>Ihr Konto wurde gesperrt.</p>", "locked"),
        (429, "<p>Slow down.</p>", "limited"),
        (200, "<p>Too many attempts, wait.</p>", "limited"),
        (200, "<p>Mot de passe incorrect</p>", "wrong-credentials"),
        (500, "<p>Oops</p>", "unreachable"),
    ],
)
async def test_reasons_are_told_apart(stage: Any, status: int, said: str, expected: str) -> None:
    def refuse(_asked: Any) -> Any:
        made = stage.portal.form(said, status)
        made.body = said if status == 500 else made.body
        return made

    stage.portal.answers["POST /login"] = refuse
    failure = await reason(stage)
    assert failure.reason == expected


async def test_a_challenge_in_the_form_is_named(stage: Any) -> None:
    def show(_asked: Any) -> Any:
        made = stage.portal.form()
        made.body = made.body.replace("<button>", '<div class="h-captcha" data-sitekey="k"></div><button>')
        return made

    stage.portal.answers["GET /login"] = show
    stage.portal.answers["POST /login"] = show
    assert (await reason(stage)).reason == "captcha"


async def test_a_form_that_comes_back_without_a_word_is_tried_once_more(stage: Any) -> None:
    lost: list[str] = []

    def take(asked: Any) -> Any:
        if lost:
            return stage.portal.take(asked)
        lost.append("once")
        return stage.portal.form()

    stage.portal.answers["POST /login"] = take
    async with stage.people() as people:
        assert (await people.shared("nora")).record.submissions == 2


async def test_credentials_are_sent_thrice_at_most(stage: Any) -> None:
    stage.portal.answers["POST /login"] = lambda _asked: stage.portal.form()
    assert (await reason(stage)).reason == "no-proof"
    assert stage.portal.passwords_sent <= 3


async def test_who_answers_nicely_and_shows_nothing_is_not_believed(stage: Any) -> None:
    stage.portal.answers["POST /login"] = lambda _asked: type(stage.portal.form())("<p>Welcome back!</p>")
    stage.portal.answers["GET /desk"] = lambda _asked: type(stage.portal.form())(
        "<p>Everybody sees this.</p>"
    )
    assert (await reason(stage)).reason in ("no-proof", "no-form")


async def test_a_name_that_only_a_cookie_of_ours_brings_is_no_proof(stage: Any) -> None:
    portal = stage.portal
    make = type(portal.form())

    def take(_asked: Any) -> Any:
        return make("", 303, (("Location", "/"), ("Set-Cookie", "last=nora%40portal.test; Path=/; Secure")))

    def start(asked: Any) -> Any:
        last = asked.cookies.get("last", "").replace("%40", "@")
        return make(f'<p>Hello {last}</p><a href="/login">Sign in</a>')

    portal.answers |= {"POST /login": take, "GET /": start}
    assert (await reason(stage)).reason in ("no-proof", "no-form")


async def test_a_login_form_that_repeats_the_name_is_no_proof(stage: Any) -> None:
    portal = stage.portal

    def take(asked: Any) -> Any:
        made = portal.form("<p>Try again, nora@portal.test</p>")
        made.headers = (("Set-Cookie", "x=1; Path=/"),)
        return made

    portal.answers["POST /login"] = take
    portal.answers["GET /login"] = lambda asked: portal.form(
        "<p>Try again, nora@portal.test</p>" if "x" in asked.cookies else ""
    )
    assert (await reason(stage)).reason == "wrong-credentials"


async def test_declared_proofs_are_used(stage: Any) -> None:
    make = type(stage.portal.form())
    stage.portal.answers["GET /desk"] = lambda asked: (
        make("<p>Your crates</p>") if stage.portal.who(asked) else (make("<p>Nothing to see.</p>"))
    )
    async with stage.people(stage.nora(proof="Your crates")) as people:
        assert (await people.shared("nora")).mark.kind == "declared"


async def test_a_password_never_goes_out_in_the_clear_or_elsewhere(stage: Any) -> None:
    for action in ("http://localhost:1/login", "https://elsewhere.test/login"):
        stage.portal.answers["GET /login"] = lambda _asked, action=action: type(stage.portal.form())(
            stage.portal.form().body.replace("/login", action)
        )
        failure = await reason(stage)
        assert failure.reason in ("no-form", "no-consent")
        assert not any(b"correct-horse" in each.body for each in stage.portal.asked)


async def test_a_form_that_would_put_it_into_the_address_is_not_sent(stage: Any) -> None:
    stage.portal.answers["GET /login"] = lambda _asked: type(stage.portal.form())(
        stage.portal.form().body.replace('method="post"', 'method="get"')
    )
    assert (await reason(stage)).reason == "no-form"
    assert not any("word" in each.query for each in stage.portal.asked)


async def test_without_consent_nothing_is_sent(stage: Any) -> None:
    failure = await reason(stage, consent=Touch.READ)
    assert failure.reason == "no-consent"
    assert failure.evidence().why.cause is Cause.NO_CONSENT
    assert stage.portal.passwords_sent == 0


async def test_a_secret_that_is_not_there_stops_one_identity_only(stage: Any) -> None:
    stage.portal.members["sol@portal.test"] = "battery"
    lost = stage.nora(name="lost", username="sol@portal.test", password=f"file:{stage.folder}/none")
    async with stage.people(stage.nora(), lost) as people:
        first, second = (await people.everybody()).people
    assert isinstance(first, SessionStart)
    assert isinstance(second, NoSession)
    assert second.reason == "secret-missing"


async def test_a_portal_that_is_down_is_unreachable(stage: Any) -> None:
    make = type(stage.portal.form())
    stage.portal.answers["GET /"] = lambda _asked: make("<p>Back soon</p>", 503)
    failure = await reason(stage)
    assert failure.reason == "unreachable"
    assert failure.evidence().why.cause is Cause.UNREACHABLE


async def test_a_login_outside_the_scope_is_named_and_not_asked(stage: Any) -> None:
    make = type(stage.portal.form())
    stage.portal.answers["GET /login"] = lambda _asked: make(
        "", 302, (("Location", "https://id.elsewhere.test/x"),)
    )
    failure = await reason(stage)
    assert failure.reason == "no-form"
    assert "id.elsewhere.test" in str(failure)


async def test_further_attempts_cost_one_or_two_requests(stage: Any) -> None:
    async with stage.people() as people:
        way = (await people.shared("nora")).way
        assert way
        visitor = people.stranger(Touch.PROBE)
        counts = []
        for _ in range(3):
            before = len(stage.portal.asked)
            tried = await way.attempt(visitor, "nora@portal.test", "wrong", touch=Touch.PROBE)
            assert not tried.accepted
            assert tried.reason == "wrong-credentials"
            counts.append(len(stage.portal.asked) - before)
        assert counts == [2, 1, 1]
        right = await way.attempt(visitor, "nora@portal.test", "correct-horse", touch=Touch.PROBE)
        assert right.accepted


async def test_a_page_that_merely_differs_does_not_count_as_accepted(stage: Any) -> None:
    make = type(stage.portal.form())
    async with stage.people() as people:
        way = (await people.shared("nora")).way
        assert way
        stage.portal.answers["POST /login"] = lambda _asked: make("<p>Please wait a minute.</p>")
        tried = await way.attempt(
            people.stranger(Touch.PROBE), "nora@portal.test", "wrong", touch=Touch.PROBE
        )
        assert not tried.accepted


@pytest.mark.parametrize(
    ("leads_to", "kept"),
    [("/login", "/login"), ("/login?next=%2Fdesk", "/login"), ("/login?visit=e1s1", "/")],
)
async def test_a_login_page_is_asked_for_where_it_stands(stage: Any, leads_to: str, kept: str) -> None:
    stage.portal.answers["GET /"] = lambda _asked: type(stage.portal.form())(
        "", 303, (("Location", leads_to),)
    )
    async with stage.people() as people:
        nora = await people.shared("nora")
    assert nora.way.start == stage.portal.url
    assert nora.way.stands_at == stage.portal.url.rstrip("/") + kept

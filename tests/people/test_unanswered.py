"""What was not answered is not absent, not refused and not fine: it was not seen."""

from collections.abc import Callable
from typing import Any

import pytest

from launchready.checks.auth.password_reset import CHECK as PASSWORD_RESET
from launchready.collect import _doors, stability
from launchready.collect.forgetting.pages import find_entry
from launchready.collect.people import NotSignedIn
from launchready.collect.people.pages import Page
from launchready.collect.sending_on.authorizing import logins_elsewhere
from launchready.errors import Unreachable
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset
from launchready.verdict import Cause, NotApplicable, Unknown

from .conftest import Asked, Reply, go

NOT_CRAWLED = Missing(Cause.NOT_COLLECTED, "nobody looked", "look")


def hangs_up(asked: Asked) -> Reply:
    raise ConnectionResetError


def with_link(stage: Any, answer: Callable[[Asked], Reply]) -> None:
    page = stage.portal.form().body + '<a href="/forgot">Forgot your password?</a>'
    stage.portal.answers = {"GET /login": lambda _: Reply(page), "GET /forgot": answer}


async def asked_for_a_reset(people: Any) -> PasswordReset:
    login = Page(
        people.site.portal.url + "login",
        await people.stranger().fetch("GET", people.site.portal.url + "login"),
    )
    entry = await find_entry(people.wire, people.site, login)
    return PasswordReset("", entry.how, entry.why or (), bool(entry.url))


async def test_a_reset_page_that_does_not_answer_is_not_a_portal_without_one(stage: Any) -> None:
    with_link(stage, hangs_up)
    async with stage.people() as people:
        assert isinstance(PASSWORD_RESET.judge(await asked_for_a_reset(people)), Unknown)
    with_link(stage, lambda _: Reply("<p>Call us.</p>", 404))
    async with stage.people() as people:
        assert isinstance(PASSWORD_RESET.judge(await asked_for_a_reset(people)), NotApplicable)


async def test_a_sign_up_page_that_does_not_answer_is_not_a_portal_without_one(stage: Any) -> None:
    stage.portal.answers = {
        "GET /": lambda _: Reply('<p>Welcome.</p><a href="/register">Register</a>'),
        "GET /register": hangs_up,
    }
    async with stage.people() as people:
        finding = _doors.Finding(people.wire, people.site)
        assert await finding.sign_up(await finding.page(people.site.portal.url)) is None
        assert finding.why is not None
        assert finding.why.cause == Cause.UNREACHABLE


async def test_a_login_page_that_does_not_answer_may_lead_to_a_login_elsewhere(stage: Any) -> None:
    stage.portal.answers = {"GET /login": hangs_up}
    async with stage.people() as people:
        site = people.site
        found, gaps = await logins_elsewhere(
            people.wire, site, people, NOT_CRAWLED, site.portal.url + "login"
        )
    assert found == ()
    assert [each.cause for each in gaps] == [Cause.UNREACHABLE]


async def test_a_session_is_not_lost_because_nobody_answers(stage: Any) -> None:
    async with stage.people() as people:
        session = await people.shared("nora")
        plain = stability._Plain(people.wire, people.site, session)
        assert await plain.holds()
        stage.portal.answers = {"GET /desk": hangs_up}
        with pytest.raises(Unreachable):
            await plain.holds()


async def test_another_page_that_does_not_answer_is_told(stage: Any) -> None:
    async with stage.people() as people:
        session = await people.shared("nora")
        stage.portal.answers = {"GET /": hangs_up}
        trial = await stability._Plain(people.wire, people.site, session).new_page()
    assert trial.held
    assert trial.why is not None
    assert trial.why.cause == Cause.UNREACHABLE


async def test_a_cookie_does_not_carry_the_session_because_nobody_answers_without_it(stage: Any) -> None:
    portal = stage.portal

    def desk(asked: Asked) -> Reply:
        if portal.who(asked) and "theme" not in asked.cookies:
            raise ConnectionResetError
        return portal.desk(asked)

    def take(asked: Asked) -> Reply:
        done: Reply = portal.take(asked)
        return go("/desk", *(v for n, v in done.headers if n == "Set-Cookie"), "theme=dark; Path=/; Secure")

    portal.answers = {"GET /desk": desk, "POST /login": take}
    async with stage.people() as people:
        with pytest.raises(NotSignedIn) as told:
            await people.shared("nora")
    assert told.value.reason == "unreachable"

"""What auth/login, auth/session-rotation and auth/cookies make of odd but real evidence."""

from typing import Any

import pytest

from launchready.checks.auth import cookies, login, session_rotation
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page
from launchready.evidence.sessions import HeldCookie, NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Fail, Pass, Unknown

DATE = ("date", "Thu, 26 Nov 2026 10:00:00 GMT")
GOOD = "sid=~1; Path=/; Secure; HttpOnly; SameSite=Lax"
LOST = Missing(Cause.UNREACHABLE, "did not answer", "run it again")


def answer(
    *lines: str, url: str = "https://portal.test/login", status: int = 200, dated: bool = True
) -> Exchange:
    headers = (
        *((DATE,) if dated else ()),
        ("content-type", "text/html"),
        *(("set-cookie", each) for each in lines),
    )
    return Exchange("GET", url, status, headers, 1, truncated=False, digest="~0", address="192.0.2.1")


def held(name: str, value: str = "~1", host: str = "portal.test") -> HeldCookie:
    return HeldCookie(name, value, host, host_only=True, path="/")


def person(*trail: Exchange, name: str = "nora", **fields: Any) -> SessionStart:
    own: dict[str, Any] = {"after": (held("sid"),), "carriers": ("cookie sid",), "way": "form"}
    return SessionStart(
        identity=name,
        role="",
        tenant="",
        admin=False,
        mfa=False,
        test=True,
        login_url="https://portal.test/login",
        proof=Proof("https://portal.test/desk", "name", "shows who", answer(), answer()),
        trail=trail,
        **{**own, **fields},
    )


def crawl(*pages: Page) -> Crawl:
    return Crawl(pages)


def page(*lines: str, url: str = "https://portal.test/", who: str = "anonymous") -> Page:
    return Page(answer(*lines, url=url), "/", "link", who=who)


def judged(*trail: Exchange, pages: tuple[Page, ...] = (), **fields: Any) -> Any:
    return cookies.judge(Sessions((person(*trail, **fields),)), crawl(*pages))


def details(verdict: Any) -> str:
    assert isinstance(verdict, Fail)
    return "; ".join(f"{finding.subject}: {finding.detail}" for finding in verdict.findings)


def test_only_the_last_value_of_a_login_is_the_members() -> None:
    assert isinstance(judged(answer("sid=~0; Path=/"), answer(GOOD)), Pass)
    assert "HttpOnly" in details(judged(answer(GOOD.replace("~1", "~0")), answer("sid=~1; Secure")))


def test_a_value_that_changes_with_each_answer_is_still_the_sessions() -> None:
    verdict = judged(answer("sid=~5; Secure"), after=(held("sid", "~9"),))
    assert "HttpOnly" in details(verdict)


def test_pages_of_members_count_and_those_of_strangers_do_not() -> None:
    mine, theirs = page("sid=~7; Secure", who="nora"), page("sid=~8; Secure")
    assert "HttpOnly" in details(judged(answer(GOOD), pages=(mine,)))
    assert isinstance(judged(answer(GOOD), pages=(theirs,)), Pass)


def test_third_parties_are_not_the_portals_business() -> None:
    foreign = page("__Host-x=~1; Path=/a; Secure", url="https://chat.test/")
    seen = Crawl((foreign,), third_parties=("chat.test",))
    assert isinstance(cookies.judge(Sessions((person(answer(GOOD)),)), seen), Pass)


@pytest.mark.parametrize(
    "line",
    [
        "old=~2; Max-Age=0",
        "old=~2; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=None",
        "__Host-old=~2; Max-Age=-1",
        "lang=~2",
        "csrftoken=~2; Max-Age=31449600; SameSite=Lax",
        "_ga=~2; Domain=portal.test; Max-Age=63072000",
        "flag=~2; secure; SAMESITE=none",
        "a\x01=~2; SameSite=None",
    ],
)
def test_sound_ones_are_let_be(line: str) -> None:
    assert isinstance(judged(answer(GOOD, line), pages=(page(line),)), Pass)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sid=~1; HttpOnly", "without Secure"),
        ("sid=~1; Secure", "without HttpOnly"),
        ("sid=~1; Secure; HttpOnly; Max-Age=2592001", "more than 30"),
        ("sid=~1; Secure; HttpOnly; Expires=Mon, 04 Jan 2027 10:00:00 GMT", "39 days"),
        ("sid=~1; Secure; HttpOnly; Max-Age=40000000", "cut it to 400"),
    ],
)
def test_what_is_wrong_is_said(line: str, said: str) -> None:
    assert said in details(judged(answer(line)))


def test_thirty_days_are_fine_and_an_old_date_header_does_not_mislead() -> None:
    assert isinstance(judged(answer(GOOD + "; Max-Age=2592000")), Pass)
    assert isinstance(judged(answer(GOOD, "x=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", dated=False)), Pass)


def test_findings_name_host_and_cookie_and_nothing_that_varies() -> None:
    verdict = judged(answer("sid=~1; HttpOnly", url="https://portal.test:38443/login"))
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == ["portal.test cookie sid"]


def test_faults_of_others_are_found_without_anybody_to_sign_in_as() -> None:
    verdict = cookies.judge(Sessions(()), crawl(page("chat=~1; SameSite=None")))
    assert "SameSite=None without Secure" in details(verdict)


def test_what_could_not_be_seen_is_a_doubt() -> None:
    gone = NoSession("sol", admin=False, mfa=False, reason="locked", why=LOST)
    verdict = cookies.judge(Sessions((person(answer(GOOD)), gone)), crawl())
    assert isinstance(verdict, Unknown)
    assert isinstance(cookies.judge(Sessions((person(answer(GOOD)),)), LOST), Unknown)
    assert isinstance(cookies.judge(LOST, LOST), Unknown)


def rotated(**fields: Any) -> Any:
    return session_rotation.judge(Sessions((person(**fields),)))


def test_another_host_with_the_same_name_is_no_excuse() -> None:
    before = (held("sid", "~1", host="www.portal.test"),)
    assert isinstance(rotated(before=before), Fail)


def test_two_identities_one_finding() -> None:
    both = (person(before=(held("sid"),)), person(before=(held("sid"),), name="sol"))
    verdict = session_rotation.judge(Sessions(both))
    assert isinstance(verdict, Fail)
    assert len(verdict.findings) == 1


def test_of_two_alternatives_one_that_stays_is_told_by_the_evidence_that_needs_both() -> None:
    fields = {"carriers": ("cookie sid", "cookie device"), "before": (held("sid"), held("device"))}
    assert isinstance(rotated(**fields, after=(held("sid"), held("device"))), Fail)
    assert isinstance(rotated(**fields, after=(held("sid", "~2"), held("device"))), Pass)


def test_a_pasted_session_beside_a_watched_one_is_no_doubt() -> None:
    pasted = person(way="cookie", name="sol")
    watched = person(before=(held("sid", "~0"),))
    assert isinstance(session_rotation.judge(Sessions((watched, pasted))), Pass)


def test_login_says_how_and_by_what_proof() -> None:
    verdict = login.judge(Sessions((person(second_factor="totp"),)))
    assert isinstance(verdict, Pass)
    assert verdict.seen[0].subject == "nora"
    assert "totp" in verdict.seen[0].detail


def test_login_keeps_the_cause_of_each_doubt() -> None:
    refused = Missing(Cause.NO_CONSENT, "no consent", "ask for it")
    people = (
        NoSession("a", admin=False, mfa=False, reason="no-consent", why=refused),
        NoSession("b", admin=False, mfa=False, reason="unreachable", why=LOST),
    )
    verdict = login.judge(Sessions(people))
    assert isinstance(verdict, Unknown)
    assert [doubt.cause for doubt in verdict.doubts] == [Cause.NO_CONSENT, Cause.UNREACHABLE]

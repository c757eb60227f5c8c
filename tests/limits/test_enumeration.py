"""Names are typed at real log-ins: bounded, in turn, and nobody is accused who answers alike."""

import time
from collections import Counter

import pytest

from launchready.checks.auth.enumeration import CHECK
from launchready.collect.enumeration import IN_A_ROW, MOST_WRONG, enumeration
from launchready.collect.people import People
from launchready.collect.probing import MARKER
from launchready.errors import Refused
from launchready.evidence import Missing
from launchready.evidence.enumeration import Enumeration
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready.wire import Touch
from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.portal.limits import Attempt, Refusal, SlidingLimit, by_account, by_ip

from .conftest import Portals, Served

NONE = Missing(Cause.NO_CONSENT, "no", "yes")


class Noting:
    """Lets everybody through and writes down who came, and whether their password was right."""

    def __init__(self) -> None:
        self.tries: list[tuple[str, bool]] = []
        self.marks: set[str] = set()

    async def before(self, attempt: Attempt) -> Refusal | None:
        self.marks.add(attempt.request.headers.get(MARKER.lower(), ""))
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        self.tries.append((attempt.account, right))


class Telling(Desk):
    """Says whose password was wrong."""

    def wrong(self, account: str) -> str:
        known = account in map(self.address_of, self.people)
        return "Wrong password." if known else "Nobody has that address."


async def looked_at(served: Served) -> Enumeration:
    return await enumeration(served.wire, served.site, People(served.wire, served.site))


@pytest.mark.parametrize("way", ["form", "token", "redirect", "json"])
async def test_a_log_in_that_answers_alike_passes(portals: Portals, way: str) -> None:
    async with portals.serve(Desk(way).app) as served:  # type: ignore[arg-type]
        fact = await looked_at(served)
    assert isinstance(CHECK.judge(fact, NONE), Pass)
    login = fact.doors[0]
    assert (len(login.known), len(login.unknown)) in ((4, 8), (8, 16))  # the latter where the machine is busy
    assert fact.still_works == ("ida", "bo")


@pytest.mark.parametrize("way", ["form", "token", "json"])
async def test_one_that_tells_fails_by_its_text(portals: Portals, way: str) -> None:
    async with portals.serve(Telling(way).app) as served:  # type: ignore[arg-type]
        verdict = CHECK.judge(await looked_at(served), NONE)
    assert isinstance(verdict, Fail)
    assert "text" in verdict.findings[0].detail
    assert "Nobody has that address." in verdict.findings[0].detail


class Slow(Desk):
    """Looks at a password only where there is an account."""

    seconds = 0.1

    def wrong(self, account: str) -> str:
        if account in map(self.address_of, self.people):
            time.sleep(self.seconds)
        return super().wrong(account)


async def test_a_log_in_that_takes_longer_for_accounts_fails_by_its_time(portals: Portals) -> None:
    async with portals.serve(Slow("json").app) as served:
        fact = await looked_at(served)
    verdict = CHECK.judge(fact, NONE)
    assert isinstance(verdict, Fail)
    assert "time" in verdict.findings[0].detail
    assert {each.look for each in fact.doors[0].tries} == {1, 2}


@pytest.mark.parametrize("people", [("ida",), ("ida", "bo")])
async def test_no_account_gets_more_wrong_passwords_than_we_promise(
    portals: Portals, people: tuple[str, ...]
) -> None:
    noting = Noting()
    async with portals.serve(Slow("token", noting).app, people) as served:
        fact = await looked_at(served)
    own = {Desk.address_of(name) for name in Desk.people}
    wrong = Counter(account for account, right in noting.tries if not right and account in own)
    assert sum(wrong.values()) == MOST_WRONG  # as the times tell something, all are used
    assert set(wrong) == {Desk.address_of(name) for name in people}
    for name in own:
        streak = most = 0
        for account, right in noting.tries:
            if account == name:
                streak = 0 if right else streak + 1
                most = max(most, streak)
        assert most <= IN_A_ROW
        assert not wrong[name] or [right for account, right in noting.tries if account == name][-1]
    assert noting.marks == {"", fact.marker}  # "" is how everybody signed in before
    assert fact.still_works == people


async def test_a_lock_after_three_is_not_reached(portals: Portals) -> None:
    lock = Lock(3, 60, Refusal(423, "Locked."), by_account)
    async with portals.serve(Desk("json", lock).app) as served:
        fact = await looked_at(served)
    assert isinstance(CHECK.judge(fact, NONE), Pass)
    assert not fact.doors[0].stopped
    assert not fact.refused


@pytest.mark.parametrize(
    "refusal", [Refusal(429, "Too many."), Refusal(401, "Too many attempts, try again later.")]
)
async def test_a_limiter_ends_it_and_accuses_nobody(portals: Portals, refusal: Refusal) -> None:
    lock = Lock(6, 60, refusal, by_ip)
    async with portals.serve(Desk("json", lock).app) as served:
        fact = await looked_at(served)
    assert fact.doors[0].stopped
    assert len(fact.doors[0].tries) <= 6
    assert not isinstance(CHECK.judge(fact, NONE), Fail)
    assert fact.refused


async def test_a_limiter_at_once_is_unknown(portals: Portals) -> None:
    async with portals.serve(Desk("json", SlidingLimit(1, 60, by_ip)).app) as served:
        verdict = CHECK.judge(await looked_at(served), NONE)
    assert isinstance(verdict, Unknown)
    assert "limiter" in verdict.doubts[0].detail


async def test_nothing_is_sent_without_consent_or_test_accounts(portals: Portals) -> None:
    async with portals.serve(Desk("json").app, consent=Touch.SIGN_IN) as served:
        with pytest.raises(Refused, match="consent"):
            await looked_at(served)
        assert served.journal.text == ""
    async with portals.serve(Desk("json").app, test=False) as served:
        with pytest.raises(Refused, match="tests only"):
            await looked_at(served)
        assert served.journal.text == ""

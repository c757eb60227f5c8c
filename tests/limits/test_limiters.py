"""Every limiter configuration is told rightly, by people who really sign in, and the own account works afterwards."""

import asyncio

import msgspec
import pytest
from starlette.types import Receive, Scope, Send

from launchready.checks.auth._guesses import Reading, read
from launchready.checks.auth.brute_force import CHECK
from launchready.collect.guessing import MOST_REQUESTS, MOST_SECONDS
from launchready.collect.login_limit import login_limit
from launchready.collect.people import People
from launchready.collect.probing import MARK, MARKER
from launchready.errors import Refused, SignInFailed
from launchready.evidence.login_limit import LoginLimit
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready.wire import Touch
from launchready_testbed.counting import Lock
from launchready_testbed.desk import AS_WRONG, Desk, password_for
from launchready_testbed.limiter_shape import LimiterShape, Truth, limiters
from launchready_testbed.portal.limits import Refusal, SlidingLimit, by_ip

from .clockwork import run
from .conftest import Portals, Served


async def looked_at(served: Served) -> LoginLimit:
    return await login_limit(served.wire, served.site, People(served.wire, served.site))


async def told(portals: Portals, shape: LimiterShape) -> LoginLimit:
    async with portals.serve(shape.desk().app) as served:
        return await looked_at(served)


def wrong_about(name: str, truth: Truth, fact: LoginLimit, *, hurried: bool = False) -> list[str]:
    """What was told otherwise than it is; who is hurried may not have seen an account open again in time."""
    reading, verdict = read(fact), CHECK.judge(fact)
    kind = Unknown if truth.kind in ("trouble", "unclear") else Pass if truth.sound else Fail
    pairs = [
        ("kind", reading.kind, truth.kind),
        ("falls to", reading.falls_to, (truth.falls_to,) if truth.falls_to else ()),
        ("tells", reading.tells, truth.tells),
        ("verdict", type(verdict), kind),
        ("bounds", fact.requests <= MOST_REQUESTS and fact.seconds <= MOST_SECONDS, True),
    ]
    if truth.scope is not None:
        pairs.append(("scope", reading.scope, truth.scope))
    if truth.sprayed is not None:
        pairs.append(("sprayed", bool(reading.spray_refused), truth.sprayed))
    if truth.kind != "trouble" and not hurried:
        pairs.append(("works", reading.works, True))
    return [
        f"{name}: {what} is {is_so}, told {was_told}" for what, was_told, is_so in pairs if was_told != is_so
    ]


async def all_at_once(portals: Portals) -> list[str]:
    shapes = limiters()
    facts = await asyncio.gather(*(told(portals, shape) for shape in shapes.values()))
    found = (
        wrong_about(name, shapes[name].truth, fact, hurried=True)
        for name, fact in zip(shapes, facts, strict=True)
    )
    return [line for lines in found for line in lines]


def test_there_are_enough_of_them() -> None:
    assert len(limiters()) >= 15
    assert all(shape.says.endswith(".") for shape in limiters().values())


@pytest.mark.parametrize("name", sorted(limiters()))
def test_every_configuration_is_told_rightly(
    portals: Portals, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = limiters()[name]
    assert wrong_about(name, shape.truth, run(told(portals, shape), monkeypatch)) == []


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_three_rounds_by_the_real_clock_tell_the_same(portals: Portals) -> None:
    for _ in range(3):
        assert await all_at_once(portals) == []


async def test_each_request_is_marked_and_no_secret_stands_anywhere(portals: Portals) -> None:
    seen: list[dict[str, str]] = []
    desk = Desk("json", SlidingLimit(5, 60, by_ip))

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(
            {name.decode(): value.decode() for name, value in scope["headers"]} | {"path": scope["path"]}
        )
        await desk.app(scope, receive, send)

    async with portals.serve(noting) as served:
        people = People(served.wire, served.site)
        await people.shared("ida")
        await people.shared("bo")
        before = len(seen)
        fact = await login_limit(served.wire, served.site, people)
    probes = [each for each in seen[before:] if each["path"] == "/api/login"]
    assert len(probes) == fact.requests
    assert {each[MARKER.lower()] for each in probes} == {fact.marker}
    assert all("brute-force-probe" in each["user-agent"] for each in probes)
    written = msgspec.json.encode(fact).decode() + served.journal.text
    for secret in (password_for("ida"), password_for("bo"), MARK):
        assert secret not in written


async def test_a_lock_without_end_is_reported(portals: Portals) -> None:
    desk = Desk("json", SlidingLimit(5, 900, by_ip))
    async with portals.serve(desk.app) as served:
        fact = await looked_at(served)
    verdict = CHECK.judge(fact)
    assert isinstance(verdict, Pass)
    (said,) = [each.detail for each in verdict.seen if each.subject == "ida"]
    assert "was still refused when we stopped" in said
    assert "announced to open" in said


async def test_a_limiter_that_was_tripped_before_is_unknown(
    portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchready.collect.guessing.LONGEST_WAIT", 0.0)
    lock = Lock(1, 60, Refusal(429, "Wait."), by_ip)
    async with portals.serve(Desk("form", lock).app) as served:
        people = People(served.wire, served.site)
        await people.shared("ida")
        await people.shared("bo")
        lock._until["127.0.0.1"] = float("inf")
        fact = await login_limit(served.wire, served.site, people)
    verdict = CHECK.judge(fact)
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].cause is Cause.AMBIGUOUS
    assert "refused before anything was tried" in verdict.doubts[0].detail
    assert fact.requests <= 3


async def test_it_waits_for_a_limiter_that_was_tripped_before(portals: Portals) -> None:
    lock = Lock(4, 2, Refusal(429, "Wait.", retry_after=1), by_ip)
    async with portals.serve(Desk("json", lock).app) as served:
        people = People(served.wire, served.site)
        await people.shared("ida")
        await people.shared("bo")
        lock._until["127.0.0.1"] = asyncio.get_running_loop().time() + 1.5
        fact = await login_limit(served.wire, served.site, people)
    assert read(fact).kind == "refusal"
    assert len(fact.of("begin")) == 2


async def test_nobody_is_guessed_at_who_is_not_for_tests(portals: Portals) -> None:
    async with portals.serve(Desk("json").app, test=False) as served:
        with pytest.raises(Refused, match="tests only"):
            await looked_at(served)
    assert served.journal.text == ""


async def test_nothing_is_sent_without_consent(portals: Portals) -> None:
    async with portals.serve(Desk("json").app, consent=Touch.SIGN_IN) as served:
        with pytest.raises(Refused, match="consent"):
            await looked_at(served)
    assert served.journal.text == ""


async def test_nobody_to_sign_in_as_is_said(portals: Portals) -> None:
    async with portals.serve(Desk("json").app, ()) as served:
        with pytest.raises(SignInFailed, match="names nobody"):
            await looked_at(served)


async def test_a_single_test_account_will_do(portals: Portals) -> None:
    lock = Lock(5, 4, AS_WRONG, lambda attempt: attempt.account)
    async with portals.serve(Desk("json", lock).app, ("ida",)) as served:
        fact = await looked_at(served)
    reading = read(fact)
    assert isinstance(reading, Reading)
    assert (reading.kind, fact.other) == ("silent", "")

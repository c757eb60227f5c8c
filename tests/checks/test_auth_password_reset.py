"""auth/password-reset: each step of a reset by itself; the judge is pure."""

from typing import Any

import pytest

from launchready.checks.auth._reset_examples import (
    drilled,
    exchange,
    forged,
    sound_link,
    sound_page,
    sound_use,
)
from launchready.checks.auth.password_reset import CHECK, judge
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset
from launchready.verdict import Cause, Fail, NotApplicable, Pass, Unknown

LATER = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")
FORGOT = "https://portal.example/forgot"


def test_a_pass_cites_each_step() -> None:
    verdict = judge(drilled())
    assert isinstance(verdict, Pass)
    said = " ".join(seen.detail for seen in verdict.seen)
    for part in (
        "128 bits",
        "30 minutes",
        "x-forwarded-host and host",
        "secret part stays here",
        "used link",
        "sessions",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, Pass), (60, Pass), (1440, Pass), (1441, Fail), (4320, Fail), (0, Unknown)]
)
def test_a_day_is_the_longest_and_silence_is_unknown(minutes: int, expected: type) -> None:
    assert isinstance(judge(drilled(link=sound_link(states_minutes=minutes))), expected)


@pytest.mark.parametrize(
    ("bits", "expected"), [(13, Fail), (18, Fail), (19, Unknown), (63, Unknown), (64, Pass), (256, Pass)]
)
def test_short_secrets_are_guessed_and_middling_ones_need_a_limit(bits: int, expected: type) -> None:
    assert isinstance(judge(drilled(link=sound_link(bits=bits))), expected)


@pytest.mark.parametrize(
    ("policy", "outside", "in_address", "expected"),
    [
        ("unsafe-url", ("a.example",), True, Fail),
        ("no-referrer-when-downgrade", ("a.example",), True, Fail),
        ("unsafe-url", (), True, Pass),
        ("unsafe-url", ("a.example",), False, Pass),
        ("origin", ("a.example",), True, Pass),
        ("no-referrer", ("a.example",), True, Pass),
        ("", ("a.example",), True, Pass),
    ],
)
def test_the_referer_leaks_only_where_a_browser_sends_it(
    policy: str, outside: tuple[str, ...], in_address: object, expected: type
) -> None:
    page = sound_page(policy=policy, outside=outside, token_in_address=in_address)
    assert isinstance(judge(drilled(page=page)), expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((forged(link_host="portal.example"),), Pass),
        ((forged(link_host="", status=400),), Pass),
        ((forged(link_host="", status=421),), Pass),
        ((forged(link_host="", status=200),), Unknown),
        ((forged(link_host="launchready-callback.invalid", poisoned=True),), Fail),
        (LATER, Unknown),
    ],
)
def test_another_host_in_the_request(given: Any, expected: type) -> None:
    assert isinstance(judge(drilled(forged=given)), expected)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"again": "accepted"}, Fail),
        ({"again": "unclear"}, Unknown),
        ({"older": "accepted"}, Fail),
        ({"older": "unclear"}, Unknown),
        ({"older": ""}, Pass),
        ({"sessions_ended": False}, Fail),
        ({"sessions_ended": LATER}, Unknown),
        ({"signed_in": True}, Pass),
        ({"signed_in": True, "second_factor": True}, Pass),
    ],
)
def test_what_using_it_does(other: dict[str, Any], expected: type) -> None:
    assert isinstance(judge(drilled(use=sound_use(**other))), expected)


@pytest.mark.parametrize("part", ["link", "forged", "page", "use", "signs_in"])
def test_what_was_not_seen_is_unknown_once(part: str) -> None:
    verdict = judge(drilled(**{part: LATER}))
    assert isinstance(verdict, Unknown)
    assert len(verdict.doubts) == 1


def test_the_same_reason_for_all_parts_is_said_once() -> None:
    verdict = judge(drilled(link=LATER, forged=LATER, page=LATER, use=LATER))
    assert isinstance(verdict, Unknown)
    assert len(verdict.doubts) == 1


def test_parts_that_another_drill_looked_at_are_no_gap() -> None:
    whole, short = drilled(), drilled(identity="ada", link=None, forged=None, page=None)
    assert not isinstance(whole.drills, Missing)
    assert not isinstance(short.drills, Missing)
    both = PasswordReset(FORGOT, "a link", (*whole.drills, *short.drills), portal_hosts=("portal.example",))
    assert isinstance(judge(both), Pass)


@pytest.mark.parametrize("other", [{"restored": "lost"}, {"signs_in": False}])
def test_an_account_that_is_not_as_before_is_said_loudly(other: dict[str, Any]) -> None:
    verdict = judge(drilled(**other))
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].subject == "identity nora"


def test_a_reset_that_is_not_offered_does_not_arise() -> None:
    assert isinstance(judge(PasswordReset("", "", (), offered=False)), NotApplicable)


def test_findings_name_addresses_without_tokens() -> None:
    page = sound_page(exchange=exchange("/reset/~0123456789ab"), told=("stats.example",))
    verdict = judge(drilled(page=page))
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].subject == "https://portal.example/reset/…"


def test_it_is_the_check_of_its_name() -> None:
    assert CHECK.id == "auth/password-reset"

"""auth/callbacks: where an answer leads decides, not what it says; the judge is pure."""

from typing import Any

import pytest

from launchready.checks.auth.callbacks import CHECK, judge
from launchready.evidence import Missing
from launchready.evidence.callbacks import Callback, Callbacks, Leading, Registration, SignInElsewhere
from launchready.evidence.http import Exchange
from launchready.verdict import Cause, Fail, Pass, Unknown

EVIL = "https://launchready-callback.invalid/"
LATER = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")


def exchange(status: int = 302) -> Exchange:
    url = "https://portal.example/login"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


def leading(leads: str, how: str = "location", value: str = EVIL) -> Leading:
    return Leading("another host", value, leads, how, exchange())


def callback(*tried: Leading, moment: str = "login", why: Missing | None = None) -> Callback:
    return Callback("https://portal.example/login", "next", moment, leading("own", value="/x"), tried, why)


def start(**other: Any) -> SignInElsewhere:
    fields = {
        "url": "https://portal.example/sso",
        "server": "id.example",
        "response_type": "code",
        "state": True,
        "nonce": True,
        "challenge": True,
        "state_repeats": False,
        "plain_return": False,
        "registrations": (Registration("another host", EVIL, taken=False, exchange=exchange(400)),),
        "forged_return": False,
        "stateless_return": False,
    }
    return SignInElsewhere(**{**fields, **other})


@pytest.mark.parametrize(
    ("leads", "how"),
    [("own", "location"), ("elsewhere", "location"), ("nowhere", ""), ("outside", "link"), ("own", "script")],
)
def test_staying_or_waiting_for_a_click_is_sound(leads: str, how: str) -> None:
    verdict = judge(Callbacks((callback(leading(leads, how)),)))
    assert isinstance(verdict, Pass)
    assert "next is followed after signing in to own pages only" in verdict.seen[0].detail


@pytest.mark.parametrize("how", ["location", "refresh", "meta", "script"])
def test_going_elsewhere_by_itself_is_a_finding(how: str) -> None:
    verdict = judge(Callbacks((callback(leading("own"), leading("outside", how)),)))
    assert isinstance(verdict, Fail)
    (finding,) = verdict.findings
    assert finding.subject == "https://portal.example/login"
    assert EVIL in finding.detail


def test_a_script_in_a_link_is_a_finding() -> None:
    assert isinstance(judge(Callbacks((callback(leading("script", "link", "javascript:x()")),))), Fail)


def test_what_could_not_all_be_tried_is_unknown_and_a_finding_outweighs_it() -> None:
    assert isinstance(judge(Callbacks((callback(leading("own"), why=LATER),))), Unknown)
    assert isinstance(judge(Callbacks((callback(leading("outside"), why=LATER),))), Fail)
    assert isinstance(judge(Callbacks((callback(),))), Unknown)
    assert isinstance(judge(Callbacks((callback(leading("own")),), gaps=(LATER,))), Unknown)


def test_a_parameter_that_nothing_follows_is_seen() -> None:
    verdict = judge(Callbacks((), (("https://portal.example/login", "next"),)))
    assert isinstance(verdict, Pass)
    assert "not followed" in verdict.seen[0].detail


def test_nothing_at_all_is_unknown() -> None:
    assert isinstance(judge(Callbacks(())), Unknown)


@pytest.mark.parametrize(
    "other",
    [
        {"state": False, "challenge": False},
        {"state_repeats": True, "challenge": False},
        {"plain_return": True},
        {"forged_return": True},
        {"stateless_return": True},
        {
            "registrations": (
                Registration(
                    "a longer path", "https://portal.example/sso/x", taken=True, exchange=exchange()
                ),
            )
        },
    ],
)
def test_a_loose_login_elsewhere_is_a_finding(other: dict[str, Any]) -> None:
    assert isinstance(judge(Callbacks((), (), (start(**other),))), Fail)


@pytest.mark.parametrize(
    "other", [{}, {"challenge": False}, {"state": False}, {"nonce": False}, {"state_repeats": True}]
)
def test_state_or_pkce_is_enough(other: dict[str, Any]) -> None:
    assert isinstance(judge(Callbacks((), (), (start(**other),))), Pass)


@pytest.mark.parametrize(
    "other", [{"registrations": LATER}, {"forged_return": LATER}, {"stateless_return": LATER}]
)
def test_what_was_not_seen_of_it_is_unknown(other: dict[str, Any]) -> None:
    assert isinstance(judge(Callbacks((), (), (start(**other),))), Unknown)


def test_it_is_the_check_of_its_name() -> None:
    assert CHECK.id == "auth/callbacks"

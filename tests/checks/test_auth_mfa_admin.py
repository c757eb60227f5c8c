"""auth/mfa-admin: what each look, code and reset must come out as; the judge is pure."""

from typing import Any

import pytest

from launchready.checks.auth.mfa_admin import CHECK, judge
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.password_reset import PasswordReset, ResetDrill, ResetUse
from launchready.evidence.second_factor import (
    AdminFactor,
    CodeDrill,
    CodeDrills,
    CodeGuesses,
    CodeReuse,
    HalfwayLook,
    SecondFactors,
)
from launchready.evidence.sessions import NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Fail, Pass, Unknown

HOST = "portal.example"
LATER = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")


def exchange(path: str = "/", status: int = 200) -> Exchange:
    url = f"https://{HOST}{path}"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


def start(name: str = "ada", *, admin: bool = True, factor: str = "totp", **other: Any) -> SessionStart:
    proof = Proof(f"https://{HOST}/me", "name", "shows the name", exchange("/me"), exchange("/login"))
    fields = {
        "identity": name,
        "role": "",
        "tenant": "",
        "admin": admin,
        "mfa": True,
        "test": True,
        "way": "form",
        "login_url": f"https://{HOST}/login",
        "proof": proof,
        "second_factor": factor,
    }
    return SessionStart(**{**fields, **other})


def look(what: str = "proof", *, shown: bool = False, enrols: bool = False, path: str = "/me") -> HalfwayLook:
    return HalfwayLook(f"https://{HOST}{path}", what, exchange(path), shown, enrols)


def factors(*looks: HalfwayLook, name: str = "ada", missing: Missing | None = None) -> SecondFactors:
    return SecondFactors((AdminFactor(name, missing or looks or (look(),)),), (HOST,))


def codes(name: str = "ada", **other: Any) -> CodeDrills:
    sound = {
        "reuse": CodeReuse(accepted=False, exchange=exchange()),
        "guesses": CodeGuesses(5, "refused", 5, wrong=False, exchange=exchange()),
    }
    return CodeDrills((CodeDrill(name, **{**sound, **other}),))


def reset(name: str = "ada", *, signed_in: bool = False) -> PasswordReset:
    use = ResetUse(exchange(), exchange(), "refused", exchange(), "", signed_in, True, sessions_ended=True)  # noqa: FBT003
    drill = ResetDrill(name, True, exchange(), False, None, None, None, use, "same", True)  # noqa: FBT003
    return PasswordReset(f"https://{HOST}/forgot", "a link", (drill,), portal_hosts=(HOST,))


SOUND = (Sessions((start(),)), factors(), codes(), reset())


def test_a_pass_cites_each_part() -> None:
    verdict = judge(*SOUND)
    assert isinstance(verdict, Pass)
    said = " ".join(seen.detail for seen in verdict.seen)
    for part in ("one-time code", "password alone", "used code", "after 5 wrong ones", "reset"):
        assert part in said


@pytest.mark.parametrize("what", ["proof", "page", "api", "file", "start", "step", "ticket", "link"])
def test_whatever_the_password_alone_reaches_is_a_finding_at_its_address(what: str) -> None:
    verdict = judge(SOUND[0], factors(look(), look(what, shown=True, path="/clients")), *SOUND[2:])
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == [f"https://{HOST}/clients"]


def test_a_new_authenticator_for_the_password_alone_is_a_finding() -> None:
    assert isinstance(judge(SOUND[0], factors(look(), look("link", enrols=True)), *SOUND[2:]), Fail)


@pytest.mark.parametrize(
    "way", ["form", "two-step form", "json", "browser form", "recipe", "mail link", "mail code"]
)
def test_one_factor_is_too_few_however_it_is_given(way: str) -> None:
    verdict = judge(Sessions((start(factor="", way=way),)), SecondFactors((), (HOST,)), *SOUND[2:])
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].subject == "identity ada"


@pytest.mark.parametrize("way", ["token", "cookie", "header", "storage-state"])
def test_a_pasted_session_tells_nothing(way: str) -> None:
    assert isinstance(judge(Sessions((start(factor="", way=way),)), SecondFactors(()), *SOUND[2:]), Unknown)


def test_a_login_at_somebody_elses_page_is_for_them_to_guard() -> None:
    elsewhere = Sessions((start(factor="", login_url="https://id.example/login"),))
    assert isinstance(judge(elsewhere, SecondFactors((), (HOST,)), *SOUND[2:]), Unknown)
    own = Sessions((start(factor="", login_url=f"https://{HOST}/login"),))
    assert isinstance(judge(own, SecondFactors((), (HOST,)), *SOUND[2:]), Fail)


def test_a_mailed_code_after_the_password_is_a_second_factor() -> None:
    verdict = judge(Sessions((start(factor="mail"),)), *SOUND[1:])
    assert isinstance(verdict, Pass)
    assert "by mail" in verdict.seen[0].detail


def test_each_administrator_counts_and_nobody_else() -> None:
    both = Sessions((start(), start("eve", factor=""), start("nora", admin=False, factor="")))
    verdict = judge(both, *SOUND[1:])
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == ["identity eve"]


@pytest.mark.parametrize(
    "change",
    [
        {"factors": SecondFactors(())},
        {"factors": factors(missing=LATER)},
        {"factors": factors(look("start"))},
        {"codes": LATER},
        {"codes": CodeDrills(())},
        {"codes": codes(reuse=LATER)},
        {"codes": codes(guesses=LATER)},
        {"codes": codes(guesses=CodeGuesses(8, "", 0, wrong=False, exchange=exchange()))},
        {"reset": LATER},
        {"reset": reset("somebody else")},
        {"reset": PasswordReset("https://portal.example/forgot", "a link", LATER)},
    ],
)
def test_what_was_not_seen_is_unknown_and_never_passes(change: dict[str, Any]) -> None:
    named = dict(zip(("sessions", "factors", "codes", "reset"), SOUND, strict=True))
    verdict = judge(**{**named, **change})
    assert isinstance(verdict, Unknown)
    assert all(doubt.settle_by for doubt in verdict.doubts)


def test_a_finding_outweighs_what_was_not_seen() -> None:
    verdict = judge(SOUND[0], factors(look("api", shown=True)), LATER, LATER)
    assert isinstance(verdict, Fail)
    assert verdict.doubts


def test_a_reset_that_signs_an_administrator_in_is_a_finding() -> None:
    assert isinstance(judge(*SOUND[:3], reset(signed_in=True)), Fail)


def test_no_administrators_at_all_is_unknown() -> None:
    assert isinstance(judge(Sessions(()), *SOUND[1:]), Unknown)
    verdict = judge(Sessions((start(admin=False),)), *SOUND[1:])
    assert isinstance(verdict, Unknown)
    assert "admin = true" in verdict.doubts[0].settle_by


def test_an_administrator_who_could_not_sign_in_is_unknown_for_that_reason() -> None:
    failed = NoSession("ada", admin=True, mfa=False, reason="second-factor", why=LATER)
    verdict = judge(Sessions((failed,)), SecondFactors(()), *SOUND[2:])
    assert isinstance(verdict, Unknown)
    assert verdict.doubts == (LATER.doubt("identity ada"),)


def test_it_is_the_check_of_its_name() -> None:
    assert CHECK.id == "auth/mfa-admin"

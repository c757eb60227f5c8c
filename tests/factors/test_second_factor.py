"""Administrators' second factor on a running portal: what the password alone reaches, and what codes may do."""

import pytest

from launchready.evidence import Missing
from launchready.evidence.second_factor import CodeDrills, SecondFactors
from launchready.verdict import Cause, Pass, Unknown

from .conftest import Ask


def test_a_sound_second_factor_passes_and_each_part_was_seen(ask: Ask) -> None:
    seen = ask("mfa-admin")
    assert isinstance(seen.verdict("mfa-admin"), Pass)
    factors, drills = seen.facts[SecondFactors], seen.facts[CodeDrills]
    assert isinstance(factors, SecondFactors)
    assert isinstance(drills, CodeDrills)
    (ada,) = factors.admins
    assert not isinstance(ada.looks, Missing)
    assert {"proof", "page", "api", "step", "link"} <= {look.what for look in ada.looks}
    assert not any(look.shown or look.enrols for look in ada.looks)
    (drill,) = drills.admins
    assert not isinstance(drill.reuse, Missing)
    assert not drill.reuse.accepted
    assert not isinstance(drill.guesses, Missing)
    assert drill.guesses.limit
    assert drill.guesses.sent <= 8


def test_a_session_that_keeps_its_identifier_is_no_proof_of_what_the_password_alone_reaches(ask: Ask) -> None:
    policy = {"rotate_at_second_factor": False}
    assert isinstance(ask("mfa-admin", policy=policy).verdict("mfa-admin"), Pass)


@pytest.mark.slow  # the right code has to wait for its time
def test_codes_without_a_limit_are_beyond_telling_within_a_few(ask: Ask) -> None:
    verdict = ask("mfa-admin", policy={"code_attempts_limited": False}).verdict("mfa-admin")
    assert isinstance(verdict, Unknown)
    assert [doubt.cause for doubt in verdict.doubts] == [Cause.AMBIGUOUS]
    assert "8 wrong codes" in verdict.doubts[0].detail


def test_without_consent_codes_are_not_tried(ask: Ask) -> None:
    seen = ask("mfa-admin", active=False)
    verdict = seen.verdict("mfa-admin")
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.NO_CONSENT}
    given = [line for line in seen.journal.split("\n") if '"POST"' in line and "/login/code" in line]
    assert len(given) == 1


def test_an_account_that_is_not_for_tests_is_not_drilled(ask: Ask) -> None:
    seen = ask("mfa-admin", change=lambda text: text.replace("test = true", "test = false"))
    verdict = seen.verdict("mfa-admin")
    assert isinstance(verdict, Unknown)
    assert seen.journal.count("/login/code") < 10
    drills = seen.facts[CodeDrills]
    assert isinstance(drills, CodeDrills)
    assert all(isinstance(part, Missing) for each in drills.admins for part in (each.reuse, each.guesses))


def test_an_administrator_without_the_secret_of_the_codes_is_unknown(ask: Ask) -> None:
    def without(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if not line.startswith(("totp", "mailbox =")))

    assert isinstance(ask("mfa-admin", change=without).verdict("mfa-admin"), Unknown)


def test_a_portal_whose_administrators_are_not_named_is_unknown(ask: Ask) -> None:
    verdict = ask("mfa-admin", change=lambda text: text.replace("admin = true", "admin = false")).verdict(
        "mfa-admin"
    )
    assert isinstance(verdict, Unknown)
    assert "admin = true" in verdict.doubts[0].settle_by

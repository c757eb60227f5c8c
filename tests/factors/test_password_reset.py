"""A password forgotten on purpose, on a running portal: afterwards every account is as it was."""

from pathlib import Path

import pytest

from launchready.collect.forgetting.pages import FORGOT
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset, ResetDrill
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready_testbed import Bed
from launchready_testbed.fault import faults
from launchready_testbed.looks import missed

from .conftest import Ask, Seen

FAULTS = sorted(name for name, each in faults().items() if "auth/password-reset" in each.trips)


def drills(seen: Seen) -> tuple[ResetDrill, ...]:
    found = seen.facts[PasswordReset]
    assert isinstance(found, PasswordReset)
    assert not isinstance(found.drills, Missing)
    return found.drills


def test_a_sound_reset_passes_and_leaves_the_accounts_as_they_were(ask: Ask) -> None:
    seen = ask("password-reset")
    assert isinstance(seen.verdict("password-reset"), Pass)
    whole, admin = drills(seen)
    assert whole.identity != "ada"
    assert admin.identity == "ada"
    assert (whole.restored, whole.signs_in) == ("same", True)
    assert (admin.restored, admin.signs_in) == ("same", True)
    assert admin.link is None


@pytest.mark.slow  # the fault matrix makes the same check of it in any case
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_the_account_still_signs_in(ask: Ask, name: str) -> None:
    seen = ask("password-reset", faults=(name,))
    assert isinstance(seen.verdict("password-reset"), Fail)
    assert all(drill.signs_in is True and drill.restored != "lost" for drill in drills(seen))


def test_no_secret_is_in_the_evidence_or_the_journal(ask: Ask, bed: Bed) -> None:
    seen = ask("password-reset")
    told = repr(seen.facts) + seen.journal
    for name in ("ada", "sam", "nora", "sol"):
        secret = bed.secret_file(name).read_text(encoding="utf-8")
        assert secret not in told
    assert "/reset/~" in told


def test_without_consent_nothing_is_asked_for(ask: Ask) -> None:
    seen = ask("password-reset", active=False)
    verdict = seen.verdict("password-reset")
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.NO_CONSENT}
    assert '"method": "POST", "url": "https://portal.lab.test' in seen.journal
    assert '"POST"' not in "".join(line for line in seen.journal.split("\n") if "/forgot" in line)


def test_without_a_mailbox_the_rest_is_unknown_and_an_answer_that_holds_the_link_still_fails(
    ask: Ask,
) -> None:
    def without(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if not line.startswith("mailbox ="))

    verdict = ask("password-reset", change=without).verdict("password-reset")
    assert isinstance(verdict, Unknown)
    assert "mailbox" in verdict.doubts[0].settle_by
    seen = ask("password-reset", faults=("auth/reset-answer",), change=without)
    assert isinstance(seen.verdict("password-reset"), Fail)


def test_a_mail_that_does_not_come_is_no_fault(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launchready.collect.forgetting.asking.PATIENCE", 0.5)
    verdict = ask("password-reset", policy={"mail_sent": False}).verdict("password-reset")
    assert isinstance(verdict, Unknown)
    assert Cause.AMBIGUOUS in {doubt.cause for doubt in verdict.doubts}


def test_no_account_that_is_not_for_tests_forgets_anything(ask: Ask) -> None:
    seen = ask("password-reset", change=lambda text: text.replace("test = true", "test = false"))
    assert isinstance(seen.verdict("password-reset"), Unknown)
    assert '"POST"' not in "".join(line for line in seen.journal.split("\n") if "/forgot" in line)


AS_BEFORE = """\
$ sleep 3; give_password ada; give_code ada 4
< location: /login/code
< location: /dashboard
$ get ada /profile
< ada@lab.test
< Role: admin
< Second factor: on
$ sign_in sam
< location: /dashboard
$ get sam /profile
< Role: staff
< Second factor: off
$ sign_in nora
< location: /dashboard
$ get nora /profile
< Role: client
< Second factor: off
$ sign_in sol
< location: /dashboard
$ get sol /profile
< Role: client
< Second factor: off"""
"""What a plain client sees that signs everybody in by hand, with the secrets of the portal file."""


def test_password_role_and_second_factor_of_everybody_are_as_before(
    ask: Ask, bed: Bed, tmp_path: Path
) -> None:
    # Wrong codes are forgiven soon, and codes are taken early, so that nobody has to wait for the next one.
    policy = {"code_window": 3, "code_drift": 4}
    seen = ask("mfa-admin", "callbacks", "password-reset", policy=policy)
    assert {type(seen.verdict(name)) for name in ("mfa-admin", "callbacks", "password-reset")} == {Pass}
    assert missed(bed, AS_BEFORE, tmp_path) == ""


@pytest.mark.parametrize(
    "words", ["Lost your password?", "Lost password", "/wp-login.php action=lostpassword", "I forgot it"]
)
def test_words_for_a_forgotten_password(words: str) -> None:
    assert FORGOT.search(words)
    assert not FORGOT.search("Lost parcels")

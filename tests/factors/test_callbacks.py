"""Return addresses and logins elsewhere, on a running portal."""

import pytest

from launchready.collect.sending_on.evading import ELSEWHERE
from launchready.evidence.callbacks import Callbacks
from launchready.evidence.password_reset import PasswordReset
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready_testbed.fault import faults
from launchready_testbed.faults.auth.callbacks_behind import DOOR

from .conftest import Ask

FAULTS = sorted(name for name in faults() if name.startswith("auth/callbacks"))


def test_the_sound_portal_passes_and_names_what_it_follows(ask: Ask) -> None:
    seen = ask("callbacks")
    assert isinstance(seen.verdict("callbacks"), Pass)
    found = seen.facts[Callbacks]
    assert isinstance(found, Callbacks)
    assert {(each.parameter, each.moment) for each in found.callbacks} == {
        ("next", "login"),
        ("next", "signed-in"),
    }
    assert all(each.leads != "outside" for callback in found.callbacks for each in callback.tried)
    (elsewhere,) = found.elsewhere
    assert elsewhere.server == "id.lab.test"
    assert elsewhere.state
    assert elsewhere.challenge
    assert found.sign_ins <= 10


@pytest.mark.slow  # the fault matrix makes the same check of it in any case
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_nobody_else_is_ever_asked(ask: Ask, name: str) -> None:
    seen = ask("callbacks", faults=(name,))
    assert isinstance(seen.verdict("callbacks"), Fail)
    assert f"//{ELSEWHERE}" not in seen.journal
    assert "launchready-callback-lab.test" not in seen.journal


def test_a_login_address_that_only_leads_on_is_followed_to_the_page_with_the_form(ask: Ask) -> None:
    def behind(text: str) -> str:
        return text.replace("test = true", f'test = true\nlogin = "{DOOR}"')

    seen = ask("callbacks", "password-reset", faults=("auth/callbacks-behind",), change=behind)
    assert isinstance(seen.verdict("callbacks"), Fail)
    reset = seen.facts[PasswordReset]
    assert isinstance(reset, PasswordReset)
    assert reset.how == "a link on the login page"


def test_without_consent_what_is_followed_is_known_and_the_rest_is_not(ask: Ask) -> None:
    seen = ask("callbacks", active=False)
    verdict = seen.verdict("callbacks")
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.NO_CONSENT}
    assert ELSEWHERE not in seen.journal


def test_a_provider_out_of_scope_is_not_asked(ask: Ask) -> None:
    seen = ask("callbacks", change=lambda text: text.replace('"id.lab.test"', ""))
    assert isinstance(seen.verdict("callbacks"), Unknown)
    assert "id.lab.test is outside the scope" in seen.said("callbacks")
    assert "https://id.lab.test" not in seen.journal

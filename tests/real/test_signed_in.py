"""A sound help desk, signed in as its people: nobody is accused of what is not so, and what is so is found.

Looked at by hand first, with curl as each person: signing in sends a new `__Host-sessionid` (Secure, HttpOnly, SameSite=Lax,
two weeks) and a new `__Host-csrftoken`; POST /logout/ ends the session, and its cookie then leads to /login/; `next` to
another host leads to /; a wrong password and an unknown name get the same page and, after the first answer, the same time.
Neither Django nor the help desk limits sign-ins or knows a second factor: both are true findings here, and nginx's
limit_req, in the variant "limited", mends the first.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launchready.scorecard import Report, from_json

from .deployment import USERS, Deployment

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]

SOUND = {
    "auth/bypass": "pass",
    "auth/callbacks": "pass",
    "auth/cookies": "pass",
    "auth/enumeration": "pass",
    "auth/login": "pass",
    "auth/logout": "pass",
    "auth/mfa-admin": "fail",  # the administrator signs in with a password alone
    "auth/password-reset": "unknown",  # its mails go to a folder, and no mailbox is given
    "auth/session-rotation": "pass",
    "auth/session-stable": "pass",
}
LIMITED = {"sound": "fail", "limited": "pass"}


@pytest.fixture(scope="module", params=LIMITED)
def audited(
    request: pytest.FixtureRequest, deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Report, Path]:
    """One audit of the row, by the command, of one variant."""
    variant: str = request.param
    deployment.switch(variant)
    folder = tmp_path_factory.mktemp(variant)
    portal = folder / "launchready.toml"
    agreed = '[scope]\nactive = true\nauthorised_by = "Portal Owner"'
    portal.write_text(deployment.portal_file().replace("[scope]", agreed) + deployment.identities())
    program = Path(sys.executable).with_name("launchready")
    where = ("--format", "json", "--runs", folder / "runs")
    command = (program, "audit", portal, "--active", "--row", "auth", *where)
    for _ in range(2):  # a busy machine may keep it from sending as many guesses as it takes: then once more
        done = subprocess.run(command, check=False, capture_output=True, timeout=360, env={**os.environ})
        assert done.returncode == 1, done.stderr.decode()
        report = from_json(done.stdout)
        if all(each.verdict != "unknown" for each in report.results if each.check == "auth/brute-force"):
            break
    return variant, report, folder


def test_each_check_says_what_was_seen_by_hand(audited: tuple[str, Report, Path]) -> None:
    variant, report, _ = audited
    seen = {each.check: each.verdict for each in report.results if each.row == "auth"}
    told = {each.check: (each.summary, each.findings, each.doubts) for each in report.results}
    expected = {**SOUND, "auth/brute-force": LIMITED[variant]}
    wrong = {check: told[check] for check in expected if seen[check] != expected[check]}
    assert wrong == {}
    assert seen.keys() == expected.keys()


def test_everybody_was_signed_in_and_only_the_administrator_lacks_a_second_factor(
    audited: tuple[str, Report, Path],
) -> None:
    _, report, _ = audited
    by_check = {each.check: each for each in report.results}
    assert {seen.subject for seen in by_check["auth/login"].seen} == set(USERS)
    assert {finding.subject for finding in by_check["auth/mfa-admin"].findings} == {"identity root-admin"}


def test_no_secret_is_in_the_run(audited: tuple[str, Report, Path], deployment: Deployment) -> None:
    _, _, folder = audited
    kept = b"".join(each.read_bytes() for each in (folder / "runs").rglob("*") if each.is_file())
    assert not any(password.encode() in kept for password in deployment.passwords.values())

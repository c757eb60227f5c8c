"""Does an audit, run as a stranger would run it, say of each variant what was seen there by hand?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launchready.scorecard import Report, Result, from_json

from .deployment import Deployment
from .expectations import DIFFERENCES, EXPECTED, Difference, Expected
from .look import chromium

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(300)]
EXIT_CODES = {"not-ready": 1, "not-proven": 3}


class Audits:
    """One audit of each variant, made when it is first asked for."""

    def __init__(self, deployment: Deployment, folder: Path) -> None:
        self._deployment = deployment
        self._folder = folder
        self._reports: dict[str, Report] = {}

    def __getitem__(self, variant: str) -> Report:
        if variant not in self._reports:
            self._deployment.switch(variant)
            portal = self._folder / f"{variant}.toml"
            portal.write_text(self._deployment.portal_file())
            program = Path(sys.executable).with_name("launchready")
            where = ("--format", "json", "--runs", self._folder / "runs")
            command = (program, "audit", portal, *where)
            done = subprocess.run(command, check=False, capture_output=True, timeout=240)
            report = from_json(done.stdout)
            assert done.returncode == EXIT_CODES[report.verdict], done.stderr.decode()
            self._reports[variant] = report
        return self._reports[variant]

    def said(self, variant: str, check: str) -> Result:
        """What one check said of one variant."""
        return next(each for each in self[variant].results if each.check == check)

    def placed(self, text: str) -> str:
        """A text of the expectations with the ports of this run."""
        return text.format(https=self._deployment.https_port, http=self._deployment.http_port)


@pytest.fixture(scope="session")
def audits(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Audits:
    """The audits of the session; they need a browser that can be told of a private authority."""
    chromium()
    if not shutil.which("certutil"):
        pytest.skip("no certutil here (package libnss3-tools on Debian)")
    return Audits(deployment, tmp_path_factory.mktemp("audits"))


@pytest.mark.parametrize(
    ("variant", "check", "expected"),
    [
        pytest.param(variant, check, expected, id=f"{variant}-{check}")
        for variant, checks in EXPECTED.items()
        for check, expected in checks.items()
    ],
)
def test_check_says_what_was_seen_by_hand(
    audits: Audits, variant: str, check: str, expected: Expected
) -> None:
    result = audits.said(variant, check)
    assert result.verdict == expected.verdict, result
    found = [finding.subject for finding in result.findings]
    for subject in map(audits.placed, expected.subjects):
        assert any(each.startswith(subject) for each in found), found
    if expected.only:
        allowed = tuple(map(audits.placed, expected.only))
        assert all(each.startswith(allowed) for each in found), found
    told = result.findings if result.verdict == "fail" else result.seen
    details = " ".join(each.detail for each in told)
    for words in expected.words:
        assert words in details


@pytest.mark.parametrize(
    "known",
    [
        # Strict by the project's settings: when the audit learns to see it, the entry has to go.
        pytest.param(each, id=f"{each.variant}-{each.check}", marks=pytest.mark.xfail(reason=each.why))
        for each in DIFFERENCES
    ],
)
def test_what_only_the_hand_has_seen(audits: Audits, known: Difference) -> None:
    result = audits.said(known.variant, known.check)
    subject = audits.placed(known.subject)
    assert any(finding.subject.startswith(subject) for finding in result.findings)


@pytest.mark.parametrize("variant", EXPECTED)
def test_launch_verdict(audits: Audits, variant: str) -> None:
    broken = any(each.verdict == "fail" for each in EXPECTED[variant].values())
    # Rows that have no checks yet are unknown, so a sound portal is not proven rather than ready.
    assert audits[variant].verdict == ("not-ready" if broken else "not-proven")
    row = next(row for row in audits[variant].rows if row.row == "https")
    assert row.verdict == ("fail" if broken else "pass")


@pytest.mark.parametrize("variant", EXPECTED)
def test_no_secret_of_the_deployment_is_told(audits: Audits, deployment: Deployment, variant: str) -> None:
    told = str(audits[variant])
    assert not any(password in told for password in deployment.passwords.values())

"""The whole way on the bed: what is sent on purpose, what the logs then hold, and what may be said of it."""

import asyncio
from pathlib import Path

import pytest

import matrix
from launchready.audit import audit
from launchready.collect.log_search import watching
from launchready.scorecard import Report, Result
from launchready.site import read_site
from launchready.wire.http import USER_AGENT
from launchready_testbed import Bed

pytestmark = pytest.mark.usefixtures("sound")
CHECKS = ("secrets/logs", "logging/scan", "logging/canary", "logging/auth-events")


@pytest.fixture
def sound(bed: Bed) -> None:
    bed.switch(())


def results(report: Report) -> dict[str, Result]:
    return {each.check: each for each in report.results if each.check in CHECKS}


def looked(
    bed: Bed, folder: Path, *, active: bool = True, checks: tuple[str, ...] = CHECKS
) -> dict[str, Result]:
    return results(matrix.audit_bed(bed, folder, identities=True, active=active, checks=checks))


def test_the_sound_portal_passes_and_nothing_that_was_sent_stands_in_the_run(
    bed: Bed, tmp_path: Path
) -> None:
    found = looked(bed, tmp_path)
    assert {check: each.verdict for check, each in found.items()} == dict.fromkeys(CHECKS, "pass")
    sent = {each.subject for each in found["logging/canary"].seen}
    assert {"login", "password reset", "broken JSON to login", "headers to /", "sign-in of sam"} <= sent
    whole = b"".join(path.read_bytes() for path in (tmp_path / "runs").rglob("*") if path.is_file())
    for secret in bed.secrets.iterdir():
        if secret.suffix != ".username":
            assert secret.read_bytes() not in whole, secret.name


def test_without_consent_to_probe_the_sign_in_is_looked_for_and_the_rest_is_unknown(
    bed: Bed, tmp_path: Path
) -> None:
    checks = ("logging/canary", "logging/auth-events")
    found = looked(bed, tmp_path, active=False, checks=checks)
    for check in checks:
        assert (found[check].verdict, found[check].cause) == ("unknown", "no-consent")
    assert "tells of the sign-in of sam" in found["logging/auth-events"].seen[0].detail


SILENT = "other.log"
"""Nobody writes to it."""


@pytest.mark.parametrize(
    ("log", "canary", "events"),
    [
        (SILENT, "no line was written to any of the logs", "no line was written to any of the logs"),
        ("access.log", "", "got lines about requests only"),
    ],
)
def test_logs_that_cannot_tell_are_no_proof(  # noqa: PLR0917 -- of fixtures and cases
    bed: Bed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: str, canary: str, events: str
) -> None:
    monkeypatch.setattr(watching, "UNTIL_FIRST", 1.0)
    (bed.logs / SILENT).write_text("2030-01-01 INFO of another program\n")
    text = bed.portal_file().replace(f"{bed.logs}/*", f"{bed.logs}/{log}")
    file = tmp_path / "launchready.toml"
    file.write_text(text.replace("[scope]", '[scope]\nactive = true\nauthorised_by = "Portal Owner"'))
    checks = {"logging/canary": canary, "logging/auth-events": events}
    looking = audit(
        read_site(str(file)), runs=tmp_path / "runs", checks=tuple(checks), active=True, browser=False
    )
    found = results(asyncio.run(looking)[1])
    for check, says in checks.items():
        assert found[check].verdict == ("unknown" if says else "pass")
        assert not says or any(says in each.detail for each in found[check].doubts)


def test_a_finding_has_the_same_name_in_every_run(bed: Bed, tmp_path: Path) -> None:
    bed.switch(("logging/canary", "secrets/logs"))
    runs = [looked(bed, tmp_path / name) for name in ("a", "b") if (tmp_path / name).mkdir() is None]
    ids = [{each.id for result in run.values() for each in result.findings} for run in runs]
    assert ids[0] == ids[1]
    assert {check: each.verdict for check, each in runs[0].items()} == {
        "secrets/logs": "fail",
        "logging/scan": "fail",
        "logging/canary": "fail",
        "logging/auth-events": "pass",
    }
    subjects = {each.subject for each in runs[0]["logging/canary"].findings}
    assert "portal.log: password" in subjects


def test_a_token_that_we_put_into_an_address_ourselves_is_not_the_portals(bed: Bed, tmp_path: Path) -> None:
    value = "m0untain" + "41lake8river2Stone"
    line = '192.0.2.1 - - [01/Jan/2030:10:00:00 +0000] "GET /?{}={} HTTP/1.1" 401 9 "-" "{}"\n'
    log = bed.logs / "proxy.log"
    log.write_text(line.format("access_token", value, USER_AGENT))
    assert looked(bed, tmp_path, checks=("logging/scan",))["logging/scan"].verdict == "pass"
    for name, agent in (("access_token", "Mozilla/5.0"), ("password", USER_AGENT)):
        log.write_text(line.format(name, value, agent))
        assert looked(bed, tmp_path, checks=("logging/scan",))["logging/scan"].verdict == "fail"


@pytest.mark.slow
def test_the_sound_portal_has_an_audit_trail(bed: Bed, tmp_path: Path) -> None:
    report = matrix.audit_bed(bed, tmp_path, identities=True, active=True, checks=("logging/audit-trail",))
    (found,) = (each for each in report.results if each.check == "logging/audit-trail")
    assert found.verdict == "pass"
    assert any("/tickets" in each.detail for each in found.seen)

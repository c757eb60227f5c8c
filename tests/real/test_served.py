"""Two real applications and what they serve: nobody is accused of keys that are not theirs, or of files that are not there.

Looked at by hand first. The help desk ships a chart library in whose scripts and source maps its makers left keys of their
own for maps and pictures; whether they are the portal's nobody can tell from outside.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchready.scorecard import Result, from_json

from .budget import BudgetManager, budgets
from .deployment import Deployment
from .running import NotHereError

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
CHECKS = ("secrets/bundle", "secrets/exposed-files")


@pytest.fixture(scope="module")
def manager() -> Iterator[BudgetManager]:
    """A running budget manager; skips where this machine cannot run one, and says why."""
    try:
        with budgets() as running:
            yield running
    except NotHereError as lacking:
        pytest.skip(f"no budget manager here: {lacking}")


def audited(portal: str, folder: Path) -> tuple[Result, ...]:
    """What the two checks say."""
    file = folder / "launchready.toml"
    file.write_text(portal, encoding="utf-8")
    program = Path(sys.executable).with_name("launchready")
    checks = [word for check in CHECKS for word in ("--check", check)]
    command = (program, "audit", file, *checks, "--format", "json", "--runs", folder / "runs")
    done = subprocess.run(command, check=False, capture_output=True, timeout=240)
    assert done.returncode in (1, 3), done.stderr.decode()
    results = {each.check: each for each in from_json(done.stdout).results}
    return tuple(results[check] for check in CHECKS)


def test_the_help_desk_serves_no_key_of_its_own(deployment: Deployment, tmp_path: Path) -> None:
    deployment.switch("sound")
    bundle, exposed = audited(deployment.portal_file() + deployment.identities(), tmp_path)
    assert bundle.findings == ()
    assert {doubt.subject.partition("/vendor/")[2].partition("/")[0] for doubt in bundle.doubts} == {
        "timeline3"
    }
    assert exposed.verdict == "pass"


def test_the_budget_manager_serves_none(manager: BudgetManager, tmp_path: Path) -> None:
    bundle, exposed = audited(manager.portal_file(), tmp_path)
    assert (bundle.verdict, exposed.verdict) == ("pass", "pass")

"""Two real applications and who reaches what in them: nobody is accused of what is not so.

Looked at by hand first, as each person with curl. The budget manager keeps its projects apart everywhere. The help desk
keeps its queues apart but in one place: the kanban board takes the tickets of all queues that the agent may see *or that
the public may write to*, so it shows agents titles of tickets that the ticket's own page refuses them. That is so by
its source as well, and is the one true finding here.
"""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchready.scorecard import Report, from_json

from .budget import BudgetManager, budgets
from .deployment import Deployment
from .running import NotHereError

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(500)]
ROW = {"authz/anonymous", "authz/frontend-only", "authz/function", "authz/object", "authz/property"}


@pytest.fixture(scope="module")
def manager() -> Iterator[BudgetManager]:
    """A running budget manager; skips where this machine cannot run one, and says why."""
    try:
        with budgets() as running:
            yield running
    except NotHereError as lacking:
        pytest.skip(f"no budget manager here: {lacking}")


def audited(portal: str, folder: Path) -> Report:
    """What the command says of the row, with consent to probe."""
    file = folder / "launchready.toml"
    file.write_text(portal, encoding="utf-8")
    program = Path(sys.executable).with_name("launchready")
    where = ("--format", "json", "--runs", folder / "runs")
    command = (program, "audit", file, "--active", "--row", "authz", *where)
    done = subprocess.run(command, check=False, capture_output=True, timeout=450, env={**os.environ})
    assert done.returncode in (1, 3), done.stderr.decode()
    return from_json(done.stdout)


def found(report: Report) -> dict[str, list[str]]:
    """Subjects of findings, by check."""
    return {
        each.check: [finding.subject.partition("lab.test")[2].partition("/")[2] for finding in each.findings]
        for each in report.results
        if each.check in ROW and each.findings
    }


def test_the_help_desk_has_the_one_fault_that_was_seen_by_hand(
    deployment: Deployment, tmp_path: Path
) -> None:
    deployment.switch("sound")
    agreed = '[scope]\nactive = true\nauthorised_by = "Portal Owner"'
    report = audited(deployment.portal_file().replace("[scope]", agreed) + deployment.identities(), tmp_path)
    assert found(report) == {"authz/object": ["kanban/?due_weeks={}"]}


def test_the_budget_manager_keeps_its_projects_apart_and_nothing_is_left_in_it(
    manager: BudgetManager, tmp_path: Path
) -> None:
    before = rows(manager)
    report = audited(manager.portal_file(), tmp_path)
    assert found(report) == {}
    verdicts = {each.check: each.verdict for each in report.results if each.check in ROW}
    assert verdicts["authz/object"] == verdicts["authz/anonymous"] == "pass"
    assert rows(manager) == before
    evidence = json.loads(next((tmp_path / "runs").glob("*/evidence.json")).read_text(encoding="utf-8"))
    canaries = [each for each in told(evidence) if each.get("fact") == "Canary"]
    assert canaries
    assert all(each["removed"] for each in canaries)


def rows(manager: BudgetManager) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the two projects hold."""
    with contextlib.closing(sqlite3.connect(manager.state / "budget.sqlite")) as database:
        return {
            table: database.execute(f"SELECT * FROM {table} WHERE {mine} ORDER BY id").fetchall()
            for table, mine in {
                "project": "id != 'demo'",
                "person": "project_id != 'demo'",
                "bill": "payer_id IN (SELECT id FROM person WHERE project_id != 'demo')",
            }.items()
        }


def told(value: object) -> Iterator[dict[str, object]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from told(each)
    elif isinstance(value, list):
        for each in value:
            yield from told(each)

"""A row of which only a part can be looked at may fail, but never passes."""

import pytest

from launchready.checks import all_checks, all_rows
from launchready.checks.deploy.error_pages import CHECK
from launchready.evidence.error_pages import ErrorPages
from launchready.evidence.said import Declared, Run
from launchready.judging import judge
from launchready.report._reading import results_of, standing
from launchready.scorecard import RowResult


def judged(example: str) -> tuple[RowResult, str]:
    facts = next(each.facts for each in CHECK.examples if each.says == example)
    said = Declared("Harbour", "https://portal.example.com/", "Portal Owner", ("portal.example.com",))
    run = Run(
        "20261124-091231", "2026-11-24T09:12:31Z", "2026-11-24T09:13:00Z", ("portal.example.com",), "probe"
    )
    report = judge({Declared: said, Run: run, ErrorPages: facts[0]}, all_rows(), all_checks())
    row = next(each for each in report.rows if each.row == "deploy")
    return row, standing(row, results_of(report, row))


@pytest.mark.parametrize(
    ("example", "verdict"),
    [("clean error pages, for everybody", "unknown"), ("a stack trace on a wrong id", "fail")],
)
def test_a_row_that_is_looked_at_in_part_is_not_passed(example: str, verdict: str) -> None:
    row, told = judged(example)
    assert row.verdict == verdict
    assert row.beyond
    assert told.endswith(f"not looked at yet: {row.beyond}")

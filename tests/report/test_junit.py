"""The JUnit report: what CI servers count."""

import xml.etree.ElementTree as ET

import pytest

from launchready.report import render
from launchready.scorecard import Report


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(render(report, "junit"))


def outcome(root: ET.Element, check: str) -> str:
    case = next(case for case in root.iter("testcase") if case.get("name") == check)
    return case[0].tag if len(case) else "passed"


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("https/redirects", "failure"),
        ("https/hsts", "failure"),
        ("https/certificate", "passed"),
        ("https/tls", "error"),
        ("auth/login", "skipped"),
    ],
)
def test_outcomes(not_ready: Report, check: str, expected: str) -> None:
    assert outcome(parsed(not_ready), check) == expected


def test_accepted_and_not_applicable_are_skipped(ready: Report) -> None:
    root = parsed(ready)
    assert outcome(root, "edge/caa") == "skipped"
    assert outcome(root, "https/hsts") == "skipped"
    assert root.get("failures") == "0"


def test_unknown_never_counts_as_passed(not_proven: Report) -> None:
    root = parsed(not_proven)
    assert outcome(root, "https/tls") == outcome(root, "deploy/rollback") == "error"
    assert (root.get("tests"), root.get("errors"), root.get("skipped")) == ("6", "2", "3")


def test_counts_add_up(any_report: Report) -> None:
    root = parsed(any_report)
    assert int(root.get("tests", "")) == len(any_report.results)
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(root.get(name, "")) == sum(int(suite.get(name, "")) for suite in root.iter("testsuite"))


def test_every_finding_is_named(not_ready: Report) -> None:
    text = render(not_ready, "junit").decode()
    for result in not_ready.results:
        for finding in result.findings:
            assert finding.id in text

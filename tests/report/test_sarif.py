"""The SARIF report, validated by models generated from the published schema of SARIF 2.1.0."""

import json
from typing import Any
from urllib.parse import urlsplit

from pydantic_sarif.model import (  # type: ignore[import-untyped]  # it ships no py.typed
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)

from launchready.report import render
from launchready.report.sarif import FINGERPRINT, LEVELS
from launchready.scorecard import Report


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_follows_the_schema(any_report: Report) -> None:
    Sarif.model_validate_json(render(any_report, "sarif"))


def test_every_result_points_at_its_rule_and_the_level_follows_the_risk(any_report: Report) -> None:
    run = run_of(any_report)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        expected = LEVELS[rule["properties"]["risk"]] if result["kind"] == "fail" else "none"
        assert result["level"] == expected


def test_findings_keep_their_ids_and_unknowns_are_open(not_ready: Report, not_proven: Report) -> None:
    failed = [r for r in run_of(not_ready)["results"] if r["kind"] == "fail"]
    wanted = [finding.id for result in not_ready.results for finding in result.findings]
    assert [r["partialFingerprints"][FINGERPRINT] for r in failed] == wanted
    assert len(run_of(not_ready)["results"]) > len(failed)
    kinds = [r["kind"] for r in run_of(not_proven)["results"]]
    assert set(kinds) == {"open", "review"}
    prints = [r["partialFingerprints"][FINGERPRINT] for r in run_of(not_proven)["results"]]
    assert len(set(prints)) == len(prints)


def test_addresses_are_valid_uris(any_report: Report) -> None:
    for result in run_of(any_report)["results"]:
        for location in result["locations"]:
            if "physicalLocation" in location:
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                assert uri.isascii()
                assert urlsplit(uri).hostname == "portal.lab.test"
                assert not set(uri) & set(' <>"\\^`{|}')


def test_accepted_risks_are_suppressed_not_dropped(ready: Report) -> None:
    (result,) = run_of(ready)["results"]
    assert result["suppressions"][0]["kind"] == "external"
    assert "Ada Example" in result["suppressions"][0]["justification"]
    assert result["locations"] == [
        {"logicalLocations": [{"fullyQualifiedName": "portal.lab.test", "kind": "resource"}]}
    ]

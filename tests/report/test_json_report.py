"""report.json and its published schema."""

import json
from importlib.resources import files

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from launchready.report import render
from launchready.report.json import schema
from launchready.scorecard import Report, from_json


def test_reads_back_as_the_same_report(any_report: Report) -> None:
    assert from_json(render(any_report, "json")) == any_report


def test_published_schema_is_that_of_the_structs() -> None:
    published = files("launchready.report").joinpath("schemas", "report.schema.json").read_bytes()
    assert published == schema(), (
        "the structs changed: write report.json.schema() to the file, and tell the changelog"
    )


def test_schema_is_valid_and_holds_for_reports(any_report: Report) -> None:
    published = json.loads(schema())
    Draft202012Validator.check_schema(published)
    validator = Draft202012Validator(published)
    written = json.loads(render(any_report, "json"))
    validator.validate(written)
    written["results"][0]["surprise"] = 1
    assert not validator.is_valid(written)

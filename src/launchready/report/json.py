"""The report for machines: report.json, as the schema in schemas/report.schema.json says."""

import msgspec

from launchready.report._setting import Setting
from launchready.scorecard import Report, json_schema, to_json


def render(report: Report, _setting: Setting) -> bytes:
    """The report as it is stored."""
    return to_json(report)


def schema() -> bytes:
    """The JSON Schema of a report, from the structs themselves; schemas/report.schema.json is this."""
    published = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "launchready report",
        "description": "What launchready found about one client portal, schema launchready/report/1.",
        **json_schema(),
    }
    return msgspec.json.format(msgspec.json.encode(published), indent=2) + b"\n"

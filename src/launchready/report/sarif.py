"""The report as SARIF 2.1.0: a rule for each check, a result for each finding, open ones for what is unknown.

What passed is left out: viewers show every result as something to look at. Results carry the finding's own id
as their fingerprint, so that they stay one and the same from run to run.
"""

import hashlib
import re
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from launchready.report._reading import printable
from launchready.report._setting import Setting
from launchready.scorecard import FindingItem, Report, Result

LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "2.0"}
"""Where the risks stand on the scale of 0 to 10 that code scanning sorts by."""

_ROUTE = re.compile(r"[A-Z]+ (https?://\S+)")
_URI_SAFE = "/:?@!$&'()*+,;=%~"
FINGERPRINT = "launchreadyFinding/v1"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, _setting: Setting) -> bytes:
    """The report as SARIF, UTF-8."""
    results = [_with_index(index, each) for index, r in enumerate(report.results) for each in _results(r)]
    run = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(result) for result in report.results],
            }
        },
        "automationDetails": {
            "id": f"{report.tool.name}/{urlsplit(report.portal.url).hostname}/{report.run.id}"
        },
        "invocations": [
            {
                "executionSuccessful": not report.run.interrupted,
                "startTimeUtc": report.run.started,
                "endTimeUtc": report.run.finished,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "portal": printable(report.portal.name),
            "verdict": report.verdict,
            "touch": report.run.touch,
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _rule(result: Result) -> dict[str, Any]:
    fix = result.fix
    parts = (
        f"Why: {result.why}",
        f"Fix (owner): {fix.owner}",
        f"Fix (engineer): {fix.engineer}",
        f"Undo: {fix.undo}",
        f"Verify: {fix.verify}",
    )
    refs = result.references
    tags = ["security", *refs.wstg, *refs.asvs, *(f"external/cwe/cwe-{n}" for n in refs.cwe), *refs.owasp_api]
    return {
        "id": result.check,
        "shortDescription": {"text": result.asks},
        "fullDescription": {"text": result.why},
        "help": {"text": "\n\n".join(parts)},
        "defaultConfiguration": {"level": LEVELS[result.risk]},
        "properties": {"tags": tags, "security-severity": SEVERITY[result.risk], "risk": result.risk},
    }


def _with_index(index: int, result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "ruleIndex": index}


def _results(result: Result) -> list[dict[str, Any]]:
    """A result for each finding and each doubt."""
    failed = [
        {
            "ruleId": result.check,
            "kind": "fail",
            "level": LEVELS[result.risk],
            "message": {"text": printable(f"{finding.subject}: {finding.detail}".removeprefix(": "))},
            "locations": _locations(finding.subject),
            "partialFingerprints": {FINGERPRINT: finding.id},
            **_suppressions(finding),
        }
        for finding in result.findings
    ]
    unsettled = [
        {
            "ruleId": result.check,
            "kind": "review" if doubt.cause == "ambiguous" else "open",
            "level": "none",
            "message": {
                "text": printable(f"Unknown ({doubt.cause}): {doubt.detail}. To settle it: {doubt.settle_by}")
            },
            "locations": _locations(doubt.subject),
            "partialFingerprints": {FINGERPRINT: _fingerprint(result.check, doubt.subject, doubt.cause)},
        }
        for doubt in result.doubts
    ]
    return failed + unsettled


def _locations(subject: str) -> list[dict[str, Any]]:
    """Where: addresses and routes as artifacts; hosts, records and the like as logical locations; else nowhere."""
    if not subject:
        return []
    if subject.startswith(("https://", "http://")):
        return [{"physicalLocation": {"artifactLocation": {"uri": _uri(subject)}}}]
    if route := _ROUTE.match(subject):
        named = [{"fullyQualifiedName": printable(subject), "kind": "function"}]
        where = {"artifactLocation": {"uri": _uri(route[1])}}
        return [{"physicalLocation": where, "logicalLocations": named}]
    return [{"logicalLocations": [{"fullyQualifiedName": printable(subject), "kind": "resource"}]}]


def _uri(address: str) -> str:
    """The address as a valid URI: what is no part of one is percent-encoded, what is encoded stays."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    path = re.sub("%(?![0-9A-Fa-f]{2})", "%25", path)
    return f"{scheme}://{quote(host, safe=':[]@')}{slash}{quote(path, safe=_URI_SAFE)}"


def _suppressions(finding: FindingItem) -> dict[str, Any]:
    """An accepted risk: without a status a suppression counts as accepted, for older readers too."""
    if finding.waived is None:
        return {}
    text = f"Accepted by {finding.waived.owner} until {finding.waived.until}: {finding.waived.reason}"
    return {"suppressions": [{"kind": "external", "justification": text}]}


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

"""The report as JUnit XML, for CI servers: one suite for each row, one test case for each check.

A failing check is a failure. An unknown one is an `error` where launchready tried and could not tell (the
portal did not answer, refused, or was ambiguous): JUnit's word for a test that could not be carried out, and
red like a failure, as unknown must never look like a pass. Where nobody asked for the check, or consent is
missing, it is `skipped`: left out on purpose. A failing check of which every finding is an accepted risk is
skipped too, and says by whom and until when.
"""

import re
import xml.etree.ElementTree as ET

from launchready.report._reading import open_findings, printable, results_of
from launchready.report._setting import Setting
from launchready.scorecard import Report, Result

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_LEFT_OUT = ("not-collected", "no-consent")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, _setting: Setting) -> bytes:
    """The report as XML, UTF-8."""
    root = ET.Element("testsuites", name=_clean(f"launchready: {report.portal.name} is {report.verdict}"))
    for row in report.rows:
        suite = ET.SubElement(root, "testsuite", name=row.row, timestamp=report.run.started.removesuffix("Z"))
        for result in results_of(report, row):
            suite.append(_case(result))
        _count(suite)
    _count(root)
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return _DECLARATION + written.encode() + b"\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", printable(text))


def _count(element: ET.Element) -> None:
    """Totals of the cases below, which CI servers show first."""
    for attribute, path in (
        ("tests", ".//testcase"),
        ("failures", ".//failure"),
        ("errors", ".//error"),
        ("skipped", ".//skipped"),
    ):
        element.set(attribute, str(len(element.findall(path))))
    element.set("time", "0")


def _case(result: Result) -> ET.Element:
    case = ET.Element("testcase", classname=f"launchready.{result.row}", name=result.check, time="0")
    summary = _clean(result.summary)
    if result.verdict == "fail":
        tag = "failure" if open_findings(result) else "skipped"
        message = summary if open_findings(result) else f"accepted risk: {summary}"
        outcome = ET.SubElement(case, tag, message=message, type=result.risk)
        outcome.text = _clean_block(_failing_text(result))
    elif result.verdict == "unknown":
        tag = "skipped" if result.cause in _LEFT_OUT else "error"
        outcome = ET.SubElement(case, tag, message=f"unknown ({result.cause}): {summary}", type=result.cause)
        outcome.text = _clean_block("\n".join(_doubts(result)))
    elif result.verdict == "not-applicable":
        ET.SubElement(case, "skipped", message=f"not applicable: {summary}")
    return case


def _clean_block(text: str) -> str:
    return "\n".join(_clean(line) for line in text.splitlines())


def _failing_text(result: Result) -> str:
    lines = [result.asks]
    for finding in result.findings:
        waived = finding.waived
        accepted = f" [accepted by {waived.owner} until {waived.until}: {waived.reason}]" if waived else ""
        lines.append(f"- {finding.subject}: {finding.detail} [{finding.id}]{accepted}")
    return "\n".join([*lines, *_doubts(result), f"Why: {result.why}", f"Fix: {result.fix.engineer}"])


def _doubts(result: Result) -> list[str]:
    return [
        f"? {d.subject}: {d.detail}. To settle it: {d.settle_by}".replace("? : ", "? ") for d in result.doubts
    ]

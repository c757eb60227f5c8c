"""Aggregate reports as receivers write them, and as other files that lie beside them."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.mail_reports import mail_reports
from launchready.evidence.mail_reports import ReportedSource
from launchready.mailauth.aggregate_reports import NoReportError, added_up, read_report
from launchready.wire.report_files import LARGEST, report_files

OLDER = """<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <!-- as many make them -->
  <report_metadata>
    <org_name>mailbox.example</org_name><email>noreply@mailbox.example</email><report_id>4711</report_id>
    <date_range><begin>1762819200</begin><end>1762905599</end></date_range>
  </report_metadata>
  <policy_published><domain>lab.test</domain><p>reject</p><pct>100</pct></policy_published>
  <record>
    <row><source_ip>203.0.113.25</source_ip><count>40</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>lab.test</header_from></identifiers>
    <auth_results><dkim><domain>lab.test</domain><selector>harbour</selector><result>pass</result></dkim></auth_results>
  </record>
  <record>
    <row><source_ip>198.51.100.9</source_ip><count>7</count>
      <policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>Lab.Test</header_from></identifiers>
    <auth_results>
      <dkim><domain>mailer.test</domain><result>pass</result></dkim>
      <spf><domain>lab.test</domain><result>softfail</result></spf>
    </auth_results>
  </record>
</feedback>"""
NEWER = OLDER.replace("<feedback>", '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">').replace(
    "4711", "4712"
)
SOURCES = (
    ReportedSource("203.0.113.25", "lab.test", 40, 0, ("lab.test",)),
    ReportedSource("198.51.100.9", "lab.test", 7, 7, ("mailer.test",)),
)


@pytest.mark.parametrize("text", [OLDER, NEWER])
def test_a_report(text: str) -> None:
    report = read_report(text.encode())
    assert report.reporter == "mailbox.example"
    assert report.sources == SOURCES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<html></html>",
        "<feedback></feedback>",
        OLDER.replace("1762819200", "yesterday"),
        OLDER.replace("198.51.100.9", "somewhere"),
        OLDER.replace("<count>7</count>", "<count>-7</count>"),
        OLDER.replace("</feedback>", ""),
        OLDER.replace("<feedback>", '<!DOCTYPE feedback [<!ENTITY a "aaaa">]><feedback>'),
    ],
)
def test_no_report(text: str) -> None:
    with pytest.raises(NoReportError):
        read_report(text.encode())


@given(st.binary())
def test_any_bytes_are_a_report_or_none(data: bytes) -> None:
    with pytest.raises(NoReportError):
        read_report(data)


def test_reports_add_up_and_each_counts_once() -> None:
    one, other = read_report(OLDER.encode()), read_report(NEWER.encode())
    whole = added_up([one, one, other])
    assert (whole.reports, whole.reporters) == (2, ("mailbox.example",))
    assert (whole.since, whole.until) == ("2025-11-11", "2025-11-11")
    assert [(each.address, each.mails, each.failed) for each in whole.sources] == [
        ("198.51.100.9", 14, 14),
        ("203.0.113.25", 80, 0),
    ]


async def test_files_of_all_kinds_are_read(loopback: Any, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.xml").write_text(OLDER)
    (folder / "b.xml.gz").write_bytes(gzip.compress(NEWER.encode()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("c.xml", OLDER.replace("4711", "4713"))
    (folder / "c.zip").write_bytes(packed.getvalue())
    (folder / "d.txt").write_text("not a report")
    (folder / "e.gz").write_bytes(b"\x1f\x8bbroken")
    site = loopback.site(email={"reports": [str(folder / "*")]})
    found = await mail_reports(site)
    assert found.named
    assert found.reports == 3
    assert [gap.detail.partition(":")[0] for gap in found.gaps] == ["d.txt", "e.gz"]


def test_what_unpacks_to_very_much_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(2 * LARGEST)))
    (file,) = report_files([str(tmp_path / "*.gz")])
    assert file.unread
    assert not file.data


async def test_without_reports_nothing_is_said(loopback: Any) -> None:
    assert not (await mail_reports(loopback.site())).named

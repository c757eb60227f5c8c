"""Aggregate reports of DMARC, as receivers write them (RFC 7489 appendix C, RFC 9990). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING

from launchready.evidence import Missing
from launchready.evidence.mail_reports import MailReports, ReportedSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_MAILS = 10**12


class NoReportError(ValueError):
    """This is no aggregate report; the text says why."""


@dataclass(frozen=True, slots=True)
class AggregateReport:
    """One report.

    Attributes:
        id: of its maker, who gives each once.
        reporter: name of its maker.
        begin, end: what it is about, in seconds of the epoch.
        sources: one for each row.
    """

    id: str
    reporter: str
    begin: int
    end: int
    sources: tuple[ReportedSource, ...]


def read_report(data: bytes) -> AggregateReport:
    """Read one report.

    Raises:
        NoReportError: it is none.
    """
    root = _root(data)
    if root.tag != "feedback":
        raise NoReportError(f"it is XML, but about {root.tag}")
    about = root.find("report_metadata")
    span = about.find("date_range") if about is not None else None
    if about is None or span is None:
        raise NoReportError("it does not say who made it, and when")
    begin, end = (_number(span, name) for name in ("begin", "end"))
    rows = tuple(_source(record) for record in root.findall("record"))
    return AggregateReport(_text(about, "report_id"), _text(about, "org_name"), begin, end, rows)


def added_up(reports: Iterable[AggregateReport], gaps: Iterable[Missing] = ()) -> MailReports:
    """All of them as one; the same report twice counts once."""
    seen = {(each.reporter, each.id, each.begin): each for each in reports}
    mails: dict[tuple[str, str], list[ReportedSource]] = {}
    for report in seen.values():
        for source in report.sources:
            mails.setdefault((source.address, source.domain), []).append(source)
    sources = tuple(
        ReportedSource(
            address,
            domain,
            sum(each.mails for each in rows),
            sum(each.failed for each in rows),
            tuple(sorted({voucher for each in rows for voucher in each.vouched_by})),
        )
        for (address, domain), rows in sorted(mails.items())
    )
    days = [_day(each.begin) for each in seen.values()], [_day(each.end) for each in seen.values()]
    return MailReports(
        named=True,
        reports=len(seen),
        reporters=tuple(sorted({each.reporter for each in seen.values()})),
        since=min(days[0], default=""),
        until=max(days[1], default=""),
        sources=sources,
        gaps=tuple(gaps),
    )


def _root(data: bytes) -> "Element":
    import xml.etree.ElementTree as ET  # noqa: PLC0415 -- only where there are reports

    # No report has a document type; without one there are no entities, which could be made to grow or to read files.
    if b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in data:
        raise NoReportError("it is XML with a document type, which no report has")
    try:
        root = ET.fromstring(data)  # noqa: S314 -- see above
    except (ET.ParseError, ValueError, LookupError):
        raise NoReportError("it is no XML that can be read") from None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _source(record: "Element") -> ReportedSource:
    row = record.find("row")
    judged = row.find("policy_evaluated") if row is not None else None
    named = record.find("identifiers")
    if row is None or judged is None or named is None:
        raise NoReportError("a record of it is not whole")
    try:
        address = str(ip_address(_text(row, "source_ip")))
    except ValueError:
        raise NoReportError("a record of it has no IP address") from None
    mails = min(_number(row, "count"), _MOST_MAILS)
    passed = "pass" in (_text(judged, "dkim").lower(), _text(judged, "spf").lower())
    domain = _text(named, "header_from").lower().rstrip(".")
    vouchers = tuple(sorted(set(_vouchers(record))))
    return ReportedSource(address, domain, mails, 0 if passed else mails, vouchers)


def _vouchers(record: "Element") -> Iterator[str]:
    results = record.find("auth_results")
    for each in results if results is not None else ():
        if each.tag in ("dkim", "spf") and _text(each, "result").lower() == "pass":
            yield _text(each, "domain").lower().rstrip(".")


def _text(element: "Element", name: str) -> str:
    return (element.findtext(name) or "").strip()


def _number(element: "Element", name: str) -> int:
    text = _text(element, name)
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise NoReportError(f"{name} in it is no number")
    return int(text)


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return ""

"""The DMARC aggregate reports that the owner keeps, added up."""

import asyncio

from launchready.evidence import Missing
from launchready.evidence.mail_reports import MailReports
from launchready.mailauth.aggregate_reports import AggregateReport, NoReportError, added_up, read_report
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire.report_files import report_files

_GAPS_TOLD = 5


async def mail_reports(site: Site) -> MailReports:
    """Read the files that [email] reports names."""
    if not site.email.reports:
        return MailReports()
    return await asyncio.to_thread(_read, tuple(map(str, site.email.reports)))


def _read(patterns: tuple[str, ...]) -> MailReports:
    reports: list[AggregateReport] = []
    gaps: list[Missing] = []
    for file in report_files(patterns):
        why = file.unread
        if not why:
            try:
                reports.append(read_report(file.data))
            except NoReportError as error:
                why = str(error)
        if why:
            settle = "put whole aggregate reports there, and nothing else"
            gaps.append(Missing(Cause.UNREACHABLE, f"{file.name}: {why}", settle))
    return added_up(reports, gaps[:_GAPS_TOLD])

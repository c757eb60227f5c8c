"""What receivers reported of mail in the name of the portal: DMARC aggregate reports (RFC 9990, RFC 7489) added up."""

from launchready.evidence import Fact, Missing


class ReportedSource(Fact, frozen=True):
    """One address that sent mail in the name of a domain.

    Attributes:
        address: IP address.
        domain: in the From of the mail.
        mails: how many were reported.
        failed: how many of these failed DMARC.
        vouched_by: domains whose SPF or DKIM passed all the same, sorted.
    """

    address: str
    domain: str
    mails: int
    failed: int
    vouched_by: tuple[str, ...] = ()


class MailReports(Fact, frozen=True):
    """All reports in the files that the portal file names.

    Attributes:
        named: whether it names any.
        reports: how many were read.
        reporters: who made them, sorted.
        since, until: ISO dates of the first and the last day that they are about; empty without reports.
        sources: sorted by address and domain.
        gaps: files that could not be read.
    """

    named: bool = False
    reports: int = 0
    reporters: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sources: tuple[ReportedSource, ...] = ()
    gaps: tuple[Missing, ...] = ()

"""Examples of the check on DMARC."""

from collections.abc import Iterator

from launchready.checks.email._zone import TIMEOUT, Records, mail_of
from launchready.evidence.mail_domains import MailDomains
from launchready.evidence.mail_reports import MailReports, ReportedSource
from launchready.verdict import Fail, Pass, Unknown, Verdict

_REPORTS = "rua=mailto:dmarc@example.com"
_SOUND = f"v=DMARC1; p=reject; {_REPORTS}"
_OUTSIDE: Records = {
    "TXT _dmarc.example.com": "v=DMARC1; p=reject; rua=mailto:a@reports.example.net",
    "MX reports.example.net": "10 mx.example.net",
}
_FORGED = ReportedSource("192.0.2.66", "example.com", 3, 3)


def examples() -> Iterator[tuple[str, type[Verdict], MailDomains, MailReports]]:
    """What is shown, the verdict, and the facts."""
    none = MailReports()
    for says, record in (
        ("quarantine, with reports", f"v=DMARC1; p=quarantine; {_REPORTS}"),
        ("reject, without blanks and with unknown tags", f"v=DMARC1;p=reject;x=1;{_REPORTS};"),
    ):
        yield says, Pass, _one(record), none
    above = {**_OUTSIDE, "TXT _dmarc.example.com": f"v=DMARC1; p=none; sp=reject; {_REPORTS}"}
    taken = {"MX example.com": "10 mx.example.com"}
    yield "the domain above speaks for it", Pass, mail_of({**above, **taken}, "post.example.com"), none
    agreed = {"TXT example.com._report._dmarc.reports.example.net": "v=DMARC1"}
    yield "reports to a service that takes them", Pass, mail_of({**_OUTSIDE, **agreed}, "example.com"), none
    yield "reports arrived, and show forged mail", Pass, _one(_SOUND), _reported(_FORGED)
    yield "no record", Fail, mail_of({}, "example.com"), none
    for says, record in (
        ("only watched", f"v=DMARC1; p=none; {_REPORTS}"),
        ("names below left out", f"v=DMARC1; p=reject; sp=none; {_REPORTS}"),
        ("names that do not exist left out", f"v=DMARC1; p=reject; np=none; {_REPORTS}"),
        ("a test", f"v=DMARC1; p=quarantine; t=y; {_REPORTS}"),
        ("half of it", f"v=DMARC1; p=quarantine; pct=50; {_REPORTS}"),
        ("no reports", "v=DMARC1; p=reject"),
        ("a policy that there is not", "v=DMARC1; p=block"),
    ):
        yield says, Fail, _one(record), none
    yield "two records", Fail, _one("v=DMARC1; p=reject", f"v=DMARC1; p=none; {_REPORTS}"), none
    yield "reports to somebody who did not agree", Fail, mail_of(_OUTSIDE, "example.com"), none
    yield "no answer in time", Unknown, mail_of({"TXT _dmarc.example.com": TIMEOUT}, "example.com"), none
    yield "no report where they should be", Unknown, _one(_SOUND), MailReports(named=True)


def _one(*records: str) -> MailDomains:
    """The domain example.com with these records."""
    return mail_of({"MX example.com": "10 mx.example.com", "TXT _dmarc.example.com": records}, "example.com")


def _reported(source: ReportedSource) -> MailReports:
    return MailReports(
        named=True,
        reports=1,
        reporters=("Example",),
        since="2026-11-01",
        until="2026-11-02",
        sources=(source,),
    )

"""Examples for the check on SPF: records of one domain, and what they must come to."""

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.evidence.mail_domains import MailDomain, MailDomains, SendingService
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict

_PORTAL = MailDomain("example.com", ("declared",))
_SERVER = SendingService("192.0.2.25", ("portal file",))
_NO_DRILL = Missing(Cause.NOT_COLLECTED, "no mail was looked at", "add a [[mailbox]]")
_SILENCE = Missing(
    Cause.UNREACHABLE,
    "TXT of example.com: no name server answered in time",
    "run the audit again when the name servers answer",
)
_LETTER = Letter("inbox", 2.0, from_domain="example.com", return_path="bounce@mailer.example.net")
_SENT_BY_A_SERVICE = MailDrill(("test",), (Delivery("invite", "test", "imap", letters=(_LETTER,)),))


def _text(name: str, *records: str) -> Answer:
    return Answer(name, "TXT", "present" if records else "absent", records)


def _said(
    *answers: Answer, services: tuple[SendingService, ...] = (), domain: MailDomain = _PORTAL
) -> MailDomains:
    return MailDomains((domain,), answers, services)


def _record(text: str) -> MailDomains:
    return _said(_text("example.com", text))


EXAMPLES: tuple[tuple[str, type[Verdict], MailDomains, MailDrill | Missing], ...] = (
    ("one server and no others", Pass, _record("v=spf1 ip4:192.0.2.25 -all"), _NO_DRILL),
    (
        "a service is included, and others are distrusted",
        Pass,
        _said(
            _text("example.com", "google-site-verification=x", "v=spf1 include:spf.example.net ~all"),
            _text("spf.example.net", "v=spf1 ip4:198.51.100.0/24 ?all"),
        ),
        _NO_DRILL,
    ),
    (
        "the record is that of another name",
        Pass,
        _said(
            _text("example.com", "v=spf1 redirect=_spf.example.com"),
            _text("_spf.example.com", "v=spf1 a:x.example.com -all"),
            Answer("x.example.com", "A", "present", ("192.0.2.1",)),
        ),
        _NO_DRILL,
    ),
    (
        "there is no record, and a service sends under its own domain, whose SPF counts",
        Pass,
        _said(_text("example.com")),
        _SENT_BY_A_SERVICE,
    ),
    ("there is no record", Fail, _said(_text("example.com")), _NO_DRILL),
    (
        "two records",
        Fail,
        _said(_text("example.com", "v=spf1 -all", "v=spf1 ip4:192.0.2.25 -all")),
        _NO_DRILL,
    ),
    ("a word that no receiver knows", Fail, _record("v=spf1 ipv4:192.0.2.25 -all"), _NO_DRILL),
    ("anybody may send", Fail, _record("v=spf1 ip4:192.0.2.25 +all"), _NO_DRILL),
    ("no word on others", Fail, _record("v=spf1 ip4:192.0.2.25"), _NO_DRILL),
    (
        "an include leads nowhere",
        Fail,
        _said(_text("example.com", "v=spf1 include:gone.example.net -all"), _text("gone.example.net")),
        _NO_DRILL,
    ),
    (
        "the server of the portal file is left out",
        Fail,
        _said(_text("example.com", "v=spf1 ip4:192.0.2.26 -all"), services=(_SERVER,)),
        _NO_DRILL,
    ),
    (
        "a time-out is no missing record",
        Unknown,
        _said(Answer("example.com", "TXT", "untold", why=_SILENCE, trouble="timeout")),
        _NO_DRILL,
    ),
    (
        "nobody says that the portal sends from there",
        Unknown,
        _said(_text("example.com"), domain=MailDomain("example.com", ("portal",))),
        _NO_DRILL,
    ),
)

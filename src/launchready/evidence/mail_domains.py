"""What DNS says about the domains that the portal's mail comes from, and which services send it."""

from launchready.evidence import Fact, Missing
from launchready.evidence.dns import Answer


class MailDomain(Fact, frozen=True):
    """A domain in the From of the portal's mail.

    Attributes:
        name: in lower case, without the final dot; internationalised names as A-labels.
        known_from: declared (the portal file names an address there), letter (a mail of the portal came from there), or
            portal (nobody says where mail comes from: the registered domain of the portal itself).
    """

    name: str
    known_from: tuple[str, ...]


class SendingService(Fact, frozen=True):
    """A service, or a server of one's own, that sends mail for the portal, and where that shows.

    Attributes:
        name: as the portal file writes it ("postmark"), or a host or IP address.
        seen_in: such as "portal file", "SPF of example.com", "DKIM key pm._domainkey.example.com", "package.json",
            "a letter".
        domains: mail domains that it was seen to send for; empty where that does not show.
    """

    name: str
    seen_in: tuple[str, ...]
    domains: tuple[str, ...] = ()


class MailMentions(Fact, frozen=True):
    """Sending services that the portal's source names, whether or not it uses them.

    Attributes:
        services: sorted by name; `seen_in` are files.
        files: how many were read.
        gaps: what kept parts of the source from being read.
    """

    services: tuple[SendingService, ...] = ()
    files: int = 0
    gaps: tuple[Missing, ...] = ()


class MailDomains(Fact, frozen=True):
    """All that was asked about the mail domains.

    Attributes:
        domains: sorted by name.
        answers: every answer, sorted by name and kind; judges evaluate SPF, DKIM and DMARC from these alone.
        services: sorted by name.
        selectors: DKIM selectors asked for, as (domain, selector, whence: declared, letter or well-known).
        gaps: what kept parts of it from being asked.
    """

    domains: tuple[MailDomain, ...]
    answers: tuple[Answer, ...]
    services: tuple[SendingService, ...] = ()
    selectors: tuple[tuple[str, str, str], ...] = ()
    gaps: tuple[Missing, ...] = ()

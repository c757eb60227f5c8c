"""Mail domains for the examples of checks: what a zone says is answered, the rest is not there."""

from collections.abc import Iterable, Mapping

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.evidence.mail_domains import MailDomain, MailDomains, SendingService
from launchready.mailauth import dmarc, senders, transport
from launchready.mailauth.dkim_keys import key_name
from launchready.mailauth.known import Known, Question
from launchready.mailauth.selectors import selectors_to_try
from launchready.mailauth.sending_services import merged, sending_services
from launchready.verdict import Cause

Records = Mapping[str, str | tuple[str, ...]]
"""Records by question, as {"TXT example.com": "v=spf1 -all"}; "time-out" is no answer, "-> name" a CNAME."""
TIMEOUT = "time-out"


def mail_of(
    records: Records,
    *domains: str,
    known_from: str = "declared",
    selectors: Iterable[str] = (),
    services: Iterable[SendingService] = (),
) -> MailDomains:
    """The evidence that a run would collect of these domains from these records."""
    known = Known()
    places = selectors_to_try(domains, selectors, ())
    services = list(services)
    called = [service.name for service in services]
    known.want(*((key_name(domain, selector), "TXT") for domain, selector, _ in places))
    while True:
        for domain in domains:
            dmarc.want(known, domain)
            senders.want(known, domain, called)
            transport.want(known, domain, senders.own_servers(called))
        if not known.open:
            break
        known.add([_answer(question, records) for question in known.open])
    for domain in domains:
        services += sending_services(known, domain, places)
    return MailDomains(
        tuple(MailDomain(domain, (known_from,)) for domain in sorted(domains)),
        known.answers,
        merged(services),
        places,
    )


def _answer(question: Question, records: Records) -> Answer:
    name, kind = question
    found = records.get(f"{kind} {name}", ())
    found = (found,) if isinstance(found, str) else found
    if TIMEOUT in found:
        why = Missing(
            Cause.UNREACHABLE, f"no name server told {kind} of {name} in time", "run it again when they do"
        )
        return Answer(name, kind, "untold", why=why, trouble="timeout")
    aliases = tuple(each.removeprefix("-> ") for each in found if each.startswith("-> "))
    values = tuple(sorted(each for each in found if not each.startswith("-> ")))
    if not values:
        return Answer(name, kind, "absent", aliases=aliases, no_such_name=not aliases)
    return Answer(name, kind, "present", values, aliases)

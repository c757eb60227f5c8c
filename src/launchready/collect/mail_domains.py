"""The domains that the portal's mail comes from, and everything that their name servers say of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from launchready.evidence import Missing
from launchready.evidence.letters import MailDrill
from launchready.evidence.mail_domains import MailDomain, MailDomains, MailMentions, SendingService
from launchready.evidence.public_suffix import on_private_suffix, registrable
from launchready.mailauth import dkim_keys, dmarc, senders, sending_services, spf_senders, transport
from launchready.mailauth.known import Known
from launchready.mailauth.selectors import Selector, selectors_to_try
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire

_SAY_WHENCE = 'say in [email] from = ["…"] from which addresses the portal sends'
Evaluation = Callable[[Known], object]


async def mail_domains(
    wire: Wire, site: Site, drill: MailDrill | Missing, mentions: MailMentions | Missing
) -> MailDomains:
    """Name the mail domains, and ask all that judging them needs."""
    domains = _domains(site, drill)
    names = [domain.name for domain in domains]
    selectors = selectors_to_try(names, site.email.selectors, _signatures_in(drill))
    services = _services(site, drill, mentions)
    known = Known()
    await wire.dns.settle(known, *_evaluations(domains, selectors, services))
    domains = tuple(each for each in domains if not _is_a_guess_that_fails(known, each))
    for domain in domains:
        services += sending_services.sending_services(known, domain.name, selectors)
    gaps = () if domains else (_no_domain(site),)
    return MailDomains(
        domains=domains,
        answers=known.answers,
        services=sending_services.merged(services),
        selectors=selectors,
        gaps=gaps,
    )


def _evaluations(
    domains: tuple[MailDomain, ...],
    selectors: Iterable[Selector],
    services: Iterable[SendingService],
) -> Iterator[Evaluation]:
    """What the judges will evaluate: running it here finds out what there is to ask."""
    called = [service.name for service in services]
    servers = senders.own_servers(called)
    keys = [(dkim_keys.key_name(domain, selector), "TXT") for domain, selector, _ in selectors]
    yield lambda known: known.want(*keys)
    for domain in domains:
        name = domain.name
        yield partial(spf_senders.want, domain=name, senders=called)
        yield partial(dmarc.want, domain=name)
        yield partial(senders.want, domain=name, services=called)
        yield partial(transport.want, domain=name, own_servers=servers)


def _services(
    site: Site, drill: MailDrill | Missing, mentions: MailMentions | Missing
) -> list[SendingService]:
    """Those that the portal file, its letters and its source name."""
    found = [
        SendingService(sending_services.canonical(each), ("portal file",)) for each in site.email.senders
    ]
    if isinstance(drill, MailDrill):
        found += sending_services.services_of_letters(drill)
    if isinstance(mentions, MailMentions):
        found += mentions.services
    return found


def _signatures_in(drill: MailDrill | Missing) -> Iterator[tuple[str, str]]:
    """Domain and selector of each signature of letters that aligns with their From."""
    if isinstance(drill, MailDrill):
        for delivery in drill.deliveries:
            for letter in delivery.letters:
                yield from ((each.domain, each.selector) for each in letter.signatures if each.aligned)


def _domains(site: Site, drill: MailDrill | Missing) -> tuple[MailDomain, ...]:
    """Those declared and those seen in letters; the portal's own where there are none."""
    whence = defaultdict[str, list[str]](list)
    for address in site.email.from_addresses:
        whence[_domain_of(address)].append("declared")
    if isinstance(drill, MailDrill):
        for delivery in drill.deliveries:
            for letter in delivery.letters:
                if letter.from_domain:
                    whence[letter.from_domain.lower().rstrip(".")].append("letter")
    own = registrable(site.host)
    if not whence and own and not on_private_suffix(site.host):
        whence[own].append("portal")
    return tuple(MailDomain(name, tuple(dict.fromkeys(known))) for name, known in sorted(whence.items()))


def _is_a_guess_that_fails(known: Known, domain: MailDomain) -> bool:
    """Whether nobody said that mail comes from this domain, and there is none of that name."""
    return domain.known_from == ("portal",) and any(
        answer.name == domain.name and answer.no_such_name for answer in known.answers
    )


def _domain_of(address: str) -> str:
    """The domain of a mail address, as A-labels; the portal file has seen to it that there is one."""
    return address.rpartition("@")[2].lower().rstrip(".")


def _no_domain(site: Site) -> Missing:
    what = (
        f"{site.host} is in no domain of the portal's own that exists, so nothing tells whence its mail comes"
    )
    return Missing(Cause.NOT_COLLECTED, what, _SAY_WHENCE)

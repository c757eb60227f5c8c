"""Which services send mail for the portal, as DNS, its letters and its owner tell."""

from collections.abc import Iterable, Iterator

from launchready.evidence.letters import MailDrill
from launchready.evidence.mail_domains import SendingService
from launchready.mailauth.answers import Untold
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.mail_services import Service, mail_services, service_called
from launchready.mailauth.selectors import Selector, places_for, sound_keys
from launchready.mailauth.senders import spf_tree


def sending_services(known: Known, domain: str, selectors: Iterable[Selector]) -> Iterator[SendingService]:
    """The services that DNS says send for a domain: those that SPF allows, and those that keep a key."""
    seen: dict[str, list[str]] = {}
    try:
        names = spf_tree(known, domain).names
    except (Untold, NotKnown):
        names = ()
    for service in mail_services():
        if any(map(service.is_included, names)) and not _is_shared(service):
            seen.setdefault(service.name, []).append(f"SPF of {domain}")
    for key, _ in sound_keys(known, places_for(domain, selectors)):
        for service in mail_services():
            named = key.selector in (service.name, *service.also)
            if (any(map(service.keeps, key.leads_to)) and not _is_shared(service)) or named:
                seen.setdefault(service.name, []).append(f"DKIM key {key.name}")
    for name, where in sorted(seen.items()):
        yield SendingService(name, tuple(dict.fromkeys(where)), (domain,))


def services_of_letters(drill: MailDrill) -> Iterator[SendingService]:
    """The services that letters show: by a signature of their own, or an envelope sender at one of their domains."""
    for delivery in drill.deliveries:
        for letter in delivery.letters:
            named = {signature.domain.lower() for signature in letter.signatures}
            named.add(letter.return_path.rpartition("@")[2].lower())
            for service in mail_services():
                if not _is_shared(service) and any(map(service.is_own, named)):
                    yield SendingService(service.name, ("a letter",), (letter.from_domain,))


def canonical(sender: str) -> str:
    """A sender as the portal file names it, by our name for the service if we know it."""
    service = service_called(sender)
    return service.name if service else sender


def _is_shared(service: Service) -> bool:
    """Whether it sends through another service, whose names it has, so that these do not show it."""
    owners = {"amazonses.com": "amazon-ses", "spf.protection.outlook.com": "microsoft-365"}
    return any(owners.get(name, service.name) != service.name for name in service.spf)


def merged(services: Iterable[SendingService]) -> tuple[SendingService, ...]:
    """Those of one name as one, sorted by name."""
    seen: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for each in services:
        where, domains = seen.setdefault(each.name, ({}, {}))
        where |= dict.fromkeys(each.seen_in)
        domains |= dict.fromkeys(each.domains)
    return tuple(
        SendingService(name, tuple(where), tuple(sorted(domains)))
        for name, (where, domains) in sorted(seen.items())
    )

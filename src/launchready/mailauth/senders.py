"""Whether mail that a service sends for a domain can prove that it is the domain's, by a key there or by its SPF."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from launchready.mailauth.answers import Untold, texts, told
from launchready.mailauth.dkim_keys import DkimKey, dkim_key
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.mail_services import Service, mail_services, service_called
from launchready.mailauth.selectors import Selector, places_for, sound_keys
from launchready.mailauth.spf import check_sender
from launchready.mailauth.spf_record import MalformedError, has_macros, is_record, parse
from launchready.mailauth.transport import addresses_of, is_address

_MOST_NAMES = 30
"""Records read of one tree of includes; receivers read far fewer."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a service's mail for a domain can pass.

    Attributes:
        state: covered; uncovered; unclear, where its keys have names that cannot be guessed, or SPF lists bare addresses.
        says: how, or what is missing, in words.
    """

    state: Literal["covered", "uncovered", "unclear"]
    says: str


@dataclass(frozen=True, slots=True)
class SpfTree:
    """What an SPF record leads to.

    Attributes:
        names: included, or redirected to, in all; sorted.
        bare: whether it also allows hosts otherwise than by such names, which may be those of anybody.
    """

    names: tuple[str, ...]
    bare: bool = False


def spf_tree(known: Known, domain: str) -> SpfTree:
    """Follow the SPF record of a domain.

    Raises:
        Untold: the name servers could not tell.
        NotKnown: it was not asked for yet.
    """
    names: dict[str, None] = {}
    bare = False
    waiting = [domain]
    while waiting and len(names) < _MOST_NAMES:
        at = waiting.pop(0)
        for text in filter(is_record, texts(known, at)):
            try:
                record = parse(text)
            except MalformedError:
                continue
            leads = [
                each.spec for each in record.mechanisms if each.name == "include" and each.qualifier == "+"
            ]
            leads += [record.redirect] if record.redirect else []
            allowing = [
                each for each in record.mechanisms if each.qualifier == "+" and each.name != "include"
            ]
            bare = bare or (at == domain and bool(allowing)) or any(map(has_macros, leads))
            for lead in (lead.lower().rstrip(".") for lead in leads if "%" not in lead):
                if lead not in names and lead != domain:
                    names[lead] = None
                    waiting.append(lead)
    return SpfTree(tuple(sorted(names)), bare)


def coverage(known: Known, domain: str, service: Service, selectors: Iterable[Selector]) -> Coverage:
    """Judge one service for one domain.

    Args:
        known: answers at hand.
        domain: in the From of the mail.
        service: that sends it.
        selectors: that were asked for.

    Raises:
        Untold: what it turns on could not be told by the name servers.
        NotKnown: it was not asked for yet.
    """
    places = places_for(domain, selectors)
    keys = sound_keys(known, places)
    if of_it := [key for key, _ in keys if _is_of(key, service)]:
        return Coverage("covered", f"its key {of_it[0].name} is there, so what it signs aligns")
    if (host := _bounce_host(known, domain, service)) is not None:
        return Coverage("covered", f"its bounces go to {host}, so its SPF aligns")
    spf = spf_tree(known, domain)
    included = [name for name in spf.names if service.is_included(name)]
    if included and not service.own_envelope:
        return Coverage("covered", f"SPF of {domain} includes {included[0]}, and it sends as {domain}")
    for place, selector, whence in places:
        if service.makes(selector) or (whence != "well-known" and not service.fixed):
            dkim_key(known, place, selector)  # what could not be told might be its key
    named = f"; SPF includes {included[0]}, but its envelope sender is not of {domain}" if included else ""
    if not service.fixed:
        for key, whence in keys:
            if whence != "well-known" and not _is_of_another(key, service):
                return Coverage(
                    "covered", f"it is taken to sign with {key.name}, which no other service makes"
                )
        missing = f"no key of {service.says} was found at {domain} under its usual selectors{named}"
        return Coverage("unclear", missing)
    missing = f"no key of {service.says} is at {domain} ({_listed(service.selectors)}){named}"
    if spf.bare and not service.own_envelope:
        return Coverage(
            "unclear", f"{missing}; whether the addresses that SPF lists are its servers was not told"
        )
    return Coverage("uncovered", missing)


def server_coverage(known: Known, domain: str, server: str, selectors: Iterable[Selector]) -> Coverage:
    """The same for a server of the portal's own, by host name or IP address; raises as `coverage` does."""
    addresses = addresses_of(known, server)
    if not addresses:
        return Coverage(
            "unclear", f"{server} is no service that launchready knows, and no host with an address"
        )
    judged = {address: check_sender(known, address, f"postmaster@{domain}") for address in addresses}
    refused = {address: each for address, each in judged.items() if each.result != "pass"}
    if not refused:
        return Coverage("covered", f"SPF of {domain} allows it")
    for key, whence in sound_keys(known, places_for(domain, selectors)):
        if whence != "well-known":
            return Coverage("covered", f"it is taken to sign with {key.name}")
    for each in refused.values():
        if each.untold is not None:
            raise Untold(each.untold)
    address, found = next(iter(refused.items()))
    says = f"SPF of {domain} gives {found.result} to {address} ({found.reason}), and no key is named"
    return Coverage("uncovered", says)


def _bounce_host(known: Known, domain: str, service: Service) -> str | None:
    """The host below the domain that takes the service's bounces, if there is one where it usually is."""
    for label in service.bounces:
        host = f"{label}.{domain}"
        try:
            answer = told(known, host, "TXT")
            if any(map(service.takes_bounces, answer.aliases)):
                return host
            if any(map(service.is_included, spf_tree(known, host).names)):
                return host
        except Untold:
            continue
    return None


def _is_of(key: DkimKey, service: Service) -> bool:
    """Whether the key is one that this service makes, or keeps."""
    return service.makes(key.selector) or any(map(service.keeps, key.leads_to))


def _is_of_another(key: DkimKey, service: Service) -> bool:
    """Whether the key is plainly some other service's."""
    return any(
        any(map(each.keeps, key.leads_to)) or (each.fixed and each.makes(key.selector))
        for each in mail_services()
        if each is not service
    )


def _listed(selectors: tuple[str, ...]) -> str:
    return ", ".join(f"{each}._domainkey" for each in selectors)


def own_servers(senders: Iterable[str]) -> tuple[str, ...]:
    """Of the senders that the portal file names, those that are hosts or IP addresses of the portal's own."""
    return tuple(each for each in senders if is_address(each) or ("." in each and " " not in each))


def want(known: Known, domain: str, services: Iterable[str]) -> None:
    """Note the questions on which these services turn, as far as they follow from what is known."""
    services = tuple(services)
    labels = {label for name in services if (service := service_called(name)) for label in service.bounces}
    names = (domain, *(f"{label}.{domain}" for label in sorted(labels)))
    known.want(*((name, "TXT") for name in names))
    for name in names:
        try:
            spf_tree(known, name)
        except (NotKnown, Untold):
            continue
    for server in own_servers(services):
        try:
            for address in addresses_of(known, server):
                check_sender(known, address, f"postmaster@{domain}")
        except (NotKnown, Untold):
            continue

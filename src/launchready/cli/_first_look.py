"""One polite look at a portal that nothing is known of yet: a handful of requests, all plain reading."""

import io
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from launchready.collect.html import parse
from launchready.errors import WireError
from launchready.site import Site
from launchready.site.sections import CrawlLimits, Portal, Scope
from launchready.site.values import host_name, is_ip, own_addresses
from launchready.wire import Wire
from launchready.wire.http import Answer

MOST_HOPS = 6
PATIENCE = 10.0
"""Seconds for one answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look showed.

    Attributes:
        url: where people start; its host and scheme are those that the start page really has.
        hosts: further host names of the portal that answer.
        redirects: (from, to): other addresses that lead to the start.
        addresses: private addresses that the portal was asked at, as they were given.
        third_parties: other hosts that the start page loads from.
        elsewhere: the host that the start page sends people on to, if it is none of the portal's; else empty.
        trouble: why the start page could not be looked at; empty if it could.
    """

    url: str
    hosts: tuple[str, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    elsewhere: str = ""
    trouble: str = ""


class _Arrival(NamedTuple):
    """Where following redirects ended: the last answer, its address, and the first host not ours to ask."""

    answer: Answer
    url: str
    elsewhere: str


def site_to_look_at(url: str) -> Site:
    """The portal with what may be asked in a first look: its host, with and without www.

    A private address that was typed as such is meant; a public name that leads to one is not.
    """
    site = Site.from_url(url)
    twin = counterpart(site.host)
    return Site(
        portal=Portal(url=site.portal.url, hosts=(twin,) if twin else ()),
        scope=Scope(addresses=own_addresses(site.host)),
        crawl=CrawlLimits(timeout=PATIENCE),
    )


def counterpart(host: str) -> str:
    """The same host with www. in front, or without it; empty where there is no such thing."""
    if "." not in host or is_ip(host):
        return ""
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


async def first_look(site: Site) -> Look:
    """Look at the start page and its counterpart with or without www; what went wrong is told, not raised."""
    async with Wire(site, journal=io.StringIO(), attach=lambda _data, _suffix: "") as wire:
        addresses = tuple(map(str, site.scope.addresses))
        try:
            arrival = await _arrive(wire, site, site.portal.url)
        except WireError as error:
            return Look(site.portal.url, addresses=addresses, trouble=f"{error} ({error.settle_by})")
        start = _start(site.portal.url, arrival.url)
        hosts, redirects = await _counterparts(wire, site, start)
        loads = parse(arrival.answer.body, arrival.answer.exchange, arrival.url, wire.redact).loads
    return Look(
        url=start,
        hosts=hosts,
        redirects=redirects,
        addresses=addresses,
        third_parties=_third_parties(site, loads),
        elsewhere=arrival.elsewhere,
    )


async def _arrive(wire: Wire, site: Site, url: str) -> _Arrival:
    """Follow redirects as far as they are ours to follow.

    Raises:
        WireError: an address in scope could not be looked at.
    """
    answer = await wire.http.fetch("GET", url)
    for _ in range(MOST_HOPS):
        if not answer.location:
            break
        host = urlsplit(answer.location).hostname or ""
        if not site.in_scope(host):
            return _Arrival(answer, url, host)
        url = answer.location
        answer = await wire.http.fetch("GET", url)
    return _Arrival(answer, url, "")


def _start(asked: str, arrived: str) -> str:
    """The address as it was asked, but with the scheme, host and port that the portal has in fact."""
    old, new = urlsplit(asked), urlsplit(arrived)
    return urlunsplit((new.scheme, new.netloc, old.path, old.query, ""))


async def _counterparts(
    wire: Wire, site: Site, start: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The host with or without www that is not the start's, and whether it leads there.

    One that neither leads there nor is the plain twin of a domain is left out: where all subdomains have an
    address, as with wildcard DNS, an answer says nothing.
    """
    parts = urlsplit(start)
    main = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    for host in site.hosts:
        if host == main:
            continue
        url = f"{parts.scheme}://{host}{port}/"
        try:
            arrival = await _arrive(wire, site, url)
        except WireError:
            continue
        if urlsplit(arrival.url).hostname == main:
            return (host,), ((url, f"{parts.scheme}://{parts.netloc}/"),)
        if not arrival.elsewhere and (main.startswith("www.") or main.count(".") == 1):
            return (host,), ()
    return (), ()


def _third_parties(site: Site, loads: tuple[str, ...]) -> tuple[str, ...]:
    """Hosts that a page loads from and that are none of the portal's."""
    found = set()
    for url in loads:
        try:
            host = host_name(urlsplit(url).hostname or "")
        except ValueError:
            continue
        if not site.in_scope(host):
            found.add(host)
    return tuple(sorted(found))

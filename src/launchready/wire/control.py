"""Does whoever controls a host agree to more than reading? Shown by a DNS record or a file that only they can place.

`authorised_by` in the portal file is a claim that anybody can write. So a run that may probe first asks each host that is
not this machine itself for a word that names the portal and the person: a TXT record at `_launchready.HOST` (or at that
name of a domain above it), or a file at `/.well-known/launchready.txt`.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from launchready.errors import WireError
from launchready.site import Site
from launchready.wire.dns import DnsWire
from launchready.wire.http import HttpWire

FILE = "/.well-known/launchready.txt"
LABEL = "_launchready"
_MOST = 65_536
"""Bytes of the file that are read."""


@dataclass(frozen=True, slots=True)
class Control:
    """Whether one host was proved to be under the control of somebody who agrees.

    Attributes:
        host: the name.
        proved: it was, or it is this machine itself.
        seen: where the word was found, or why none is needed; empty when it was not found.
    """

    host: str
    proved: bool
    seen: str


def word(site: Site) -> str:
    """What has to be placed. It is no secret: that it stands there is the proof."""
    agreed = f"{site.host}\n{' '.join(site.scope.authorised_by.split()).lower()}"
    return f"launchready-control={hashlib.sha256(agreed.encode()).hexdigest()[:32]}"


async def controls(site: Site, dns: DnsWire, http: HttpWire) -> tuple[Control, ...]:
    """Ask every host in scope, at once; a host that has no address is left out, as nothing can be sent to it."""
    found = await asyncio.gather(*(_control(host, site, dns, http) for host in site.scope_hosts))
    return tuple(filter(None, found))


async def _control(host: str, site: Site, dns: DnsWire, http: HttpWire) -> Control | None:
    try:
        addresses = await dns.addresses(host)
    except WireError:
        return None
    if all(ip_address(address).is_loopback for address in addresses):
        return Control(host, proved=True, seen="it is this machine itself")
    return await asked(host, word(site), site, dns, http)


async def asked(host: str, wanted: str, site: Site, dns: DnsWire, http: HttpWire) -> Control:
    """Look for the word in the records and the file of one host."""
    for name in _record_names(host):
        try:
            if wanted in await dns.texts(name, host):
                return Control(host, proved=True, seen=f"the TXT record at {name}")
        except WireError:
            continue
    port = f":{site.https_port}" if site.https_port != 443 else ""
    named = f"[{host}]" if ":" in host else host
    try:
        answer = await http.fetch("GET", f"https://{named}{port}{FILE}", max_bytes=_MOST, verify=True)
    except WireError:
        return Control(host, proved=False, seen="")
    lines = answer.body.decode("utf-8", "replace").split()
    if answer.exchange.status == 200 and not answer.exchange.is_html and wanted in lines:
        return Control(host, proved=True, seen=f"the file {FILE}")
    return Control(host, proved=False, seen="")


def _record_names(host: str) -> Iterator[str]:
    """The record's name at the host and at each domain above it but the last: who controls a domain controls its hosts."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        for at in range(max(1, len(labels) - 1)):
            yield ".".join((LABEL, *labels[at:]))

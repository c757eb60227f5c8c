"""What surrounds a mail domain: where mail to it goes, transport, reports, and the names of its servers."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from launchready.mailauth.answers import Untold, told
from launchready.mailauth.known import Known, NotKnown

STS, TLS_REPORTS, LOGO = "_mta-sts", "_smtp._tls", "default._bimi"
_VERSIONS = {
    STS: r"v\s*=\s*STSv1\s*(;|$)",
    TLS_REPORTS: r"v\s*=\s*TLSRPTv1\s*(;|$)",
    LOGO: r"v\s*=\s*BIMI1\s*(;|$)",
}


def exchangers(known: Known, domain: str) -> tuple[tuple[int, str], ...]:
    """Preference and host of each MX, the preferred first; "" for the null MX. Raises as `told` does."""
    found = []
    for record in told(known, domain, "MX").records:
        preference, host = record.split()
        found.append((int(preference), host.rstrip(".").lower()))
    return tuple(sorted(found))


def has_address(known: Known, host: str) -> bool:
    """Whether the host has an address at all; raises as `told` does."""
    unsure: Untold | None = None
    for kind in ("A", "AAAA"):
        try:
            if told(known, host, kind).outcome == "present":
                return True
        except Untold as error:
            unsure = error
    if unsure is not None:
        raise unsure
    return False


def records_of(known: Known, prefix: str, domain: str) -> tuple[str, ...]:
    """The records at `prefix` that receivers take for what they are; raises as `told` does."""
    return tuple(
        text for text in told(known, f"{prefix}.{domain}", "TXT").records if re.match(_VERSIONS[prefix], text)
    )


def is_address(server: str) -> bool:
    """Whether this names a server by its IP address."""
    try:
        ip_address(server)
    except ValueError:
        return False
    return True


def addresses_of(known: Known, server: str) -> tuple[str, ...]:
    """The IP addresses of a server that is named by one, or by a host name; raises as `told` does."""
    if is_address(server):
        return (server,)
    return tuple(each for kind in ("A", "AAAA") for each in told(known, server, kind).records)


def reverse_name(address: str) -> str:
    """Where the name of an IP address stands in DNS."""
    return ip_address(address).reverse_pointer


def named_back(known: Known, address: str) -> str:
    """The name of an IP address that leads back to it; empty where none does. Raises as `told` does."""
    kind = "AAAA" if ":" in address else "A"
    for name in told(known, reverse_name(address), "PTR").records:
        found = told(known, name, kind).records
        if any(ip_address(each) == ip_address(address) for each in found):
            return name.rstrip(".")
    return ""


def want(known: Known, domain: str, own_servers: Iterable[str] = ()) -> None:
    """Note the questions about this domain and its servers that follow from what is known so far."""
    known.want((domain, "MX"), *((f"{prefix}.{domain}", "TXT") for prefix in _VERSIONS))
    try:
        hosts = [host for _, host in exchangers(known, domain) if host] or [domain]
        known.want(*((host, kind) for host in hosts for kind in ("A", "AAAA") if not is_address(host)))
    except (NotKnown, Untold):
        pass
    for server in own_servers:
        try:
            for address in addresses_of(known, server):
                named_back(known, address)
        except (NotKnown, Untold):
            continue

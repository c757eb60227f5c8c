"""Which host names a certificate covers, as browsers read it (RFC 9525)."""

from ipaddress import ip_address

from launchready.evidence.tls import Certificate


def covers(leaf: Certificate, host: str) -> bool:
    """Whether the certificate is for this host. The common name counts for nothing: browsers ignore it."""
    try:
        address = str(ip_address(host))
    except ValueError:
        return any(matches(pattern, host) for pattern in leaf.dns_names)
    return address in leaf.addresses


def matches(pattern: str, host: str) -> bool:
    """Whether one DNS name of a certificate covers a host.

    A star stands for exactly one whole label, the first, and never for all names right below a top-level
    domain.
    """
    pattern, host = pattern.lower().removesuffix("."), host.lower().removesuffix(".")
    if not pattern.startswith("*."):
        return pattern == host
    base = pattern.removeprefix("*.")
    label, _, rest = host.partition(".")
    return bool(label) and "*" not in base and "." in base and rest == base

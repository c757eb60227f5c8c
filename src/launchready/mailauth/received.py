"""The way of a letter, as its Received fields tell it, and the place on it where it came in from outside."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from launchready.evidence.public_suffix import registrable

_BY = re.compile(r"\bby\s+([\w.-]+)", re.IGNORECASE)
_FROM = re.compile(r"^\s*from\s+(\S+)", re.IGNORECASE)
_HELO = re.compile(r"\bhelo[= ]+([\w.-]+)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?:IPv6:)?([0-9a-f.:]+)\]", re.IGNORECASE)
_IN_COMMENT = re.compile(r"\((?:[^()]*\s)?([0-9a-f.:]+)\)", re.IGNORECASE)
_HANDED_IN = re.compile(r"\bwith\s+(?:UTF8)?LMTP", re.IGNORECASE)
"""Mail is put into mailboxes this way, never taken from outside (RFC 2033), whatever hosts call themselves there."""
_LONGEST = 2_000
"""Characters of a field that are read."""
_INSIDE = tuple(
    map(
        ip_network, "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16".split()
    )
) + tuple(map(ip_network, "::1/128 fc00::/7 fe80::/10".split()))
"""Addresses of networks that nobody reaches from outside. Those for documentation are not among them."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received field.

    Attributes:
        place: its number among all header fields, from the top.
        helo: as whom the sender introduced itself.
        source: the sender's IP address; empty where the field has none, or is about putting it into the mailbox.
        by: the host that wrote it, in lower case.
    """

    place: int
    helo: str
    source: str
    by: str


def hops(fields: Iterable[tuple[str, str]]) -> tuple[Hop, ...]:
    """All Received fields, from the top."""
    return tuple(_hop(place, value) for place, (name, value) in enumerate(fields) if name == "received")


def border(hops: tuple[Hop, ...], known: tuple[str, ...] = ()) -> Hop | None:
    """The hop at which the letter was taken from outside; None where there is none that we can tell.

    Args:
        hops: from the top.
        known: hosts of the provider that do so; ".name" is everything below that name.
    """
    for hop in hops:
        if hop.source and any(is_host(hop.by, each) for each in known):
            return hop
    sent = [hop for hop in hops if hop.source]
    outside = [hop for hop in sent if not _is_inside(hop.source)]
    # Where no address is of the outside, the whole way is within one network, and its owners tell the parts of it.
    way = outside or sent
    for place, hop in enumerate(way):
        inner = not outside or _same_owner(hop.helo, hop.by)
        later = any(_same_owner(each.by, hop.by) for each in way[place + 1 :])
        if not (inner and later):
            return hop
    return None


def is_host(name: str, pattern: str) -> bool:
    """Whether a host is the one of this pattern; ".name" is everything below that name."""
    return name.endswith(pattern) if pattern.startswith(".") else name == pattern


def _hop(place: int, value: str) -> Hop:
    value = (value.rpartition(";")[0] or value)[:_LONGEST]
    by = _BY.search(value)
    sender = value[: by.start()] if by else value
    named, helo = _FROM.match(sender), _HELO.search(sender)
    name = helo[1] if helo else named[1] if named else ""
    # What the sender calls itself may be an address too, and a lie.
    seen = sender[named.end() :] if named else sender
    found = (*_BRACKETED.findall(seen), *_IN_COMMENT.findall(seen), *_BRACKETED.findall(sender))
    source = next((str(address) for each in found if (address := _address(each)) is not None), "")
    if not named or _HANDED_IN.search(value):
        source = ""
    return Hop(place, name.strip("[]").lower().rstrip("."), source, by[1].lower().rstrip(".") if by else "")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _is_inside(source: str) -> bool:
    address = ip_address(source)
    return any(address in network for network in _INSIDE if network.version == address.version)


def _same_owner(one: str, other: str) -> bool:
    return bool(one) and (one == other or (registrable(one) or one) == (registrable(other) or other))

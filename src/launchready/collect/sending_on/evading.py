"""Ways of writing another host into a return address that only a browser reads as one. Pure; names that cannot exist.

Nothing here is ever asked for: the host is under .invalid, which no name server knows (RFC 6761), but for the one value
that must end like the portal's own domain, and all that is looked at is where the portal's answer would send a browser.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

ELSEWHERE = "launchready-callback.invalid"
"""The host that nobody can own."""
SCRIPT = "launchready_callback"
"""Stands in scripts that are offered as addresses; it does nothing."""

NAMES = (
    "next return_to returnTo return returnUrl return_url redirect redirect_to redirect_url redirect_uri RelayState"
    " continue url goto target dest destination back from ref service callback after success_url forward r u"
).split()
"""What return addresses are called. They are all tried in one request, each with an own page that only it names."""


@dataclass(frozen=True, slots=True)
class Evasion:
    """One value.

    Attributes:
        says: what it does, in words.
        value: before it is encoded for a query.
    """

    says: str
    value: str


def evasions(own: str, registered: str = "") -> Iterator[Evasion]:
    """All of them, the most telling first, so that a few will do where each costs a sign-in.

    Args:
        own: the portal's host and, where it is not the usual one, its port.
        registered: the domain that somebody registered for it, as example.com of portal.example.com.
    """
    host = own.partition(":")[0]
    yield Evasion("another host", f"https://{ELSEWHERE}/")
    yield Evasion("two slashes", f"//{ELSEWHERE}/")
    yield Evasion("slash and backslash", f"/\\{ELSEWHERE}/")
    yield Evasion("own host as the beginning of another", f"https://{host}.{ELSEWHERE}/")
    yield Evasion("own host as a user name", f"https://{own}@{ELSEWHERE}/")
    yield Evasion("a tab between the slashes", f"/\t/{ELSEWHERE}/")
    yield Evasion("a backslash before the own host", f"https://{ELSEWHERE}\\@{own}/")
    yield Evasion("own host in the path of another", f"https://{ELSEWHERE}/{own}/")
    yield Evasion("three slashes", f"///{ELSEWHERE}/")
    yield Evasion("two backslashes after the scheme", f"https:\\\\{ELSEWHERE}/")
    yield Evasion("another scheme without slashes", f"http:{ELSEWHERE}/")
    yield Evasion("own address in the query of another", f"https://{ELSEWHERE}/?https://{own}/")
    yield Evasion("own host behind a fragment", f"https://{ELSEWHERE}#{own}/")
    yield Evasion("two slashes, encoded twice", f"/%2f{ELSEWHERE}/")
    yield Evasion("all encoded twice", f"https%3a%2f%2f{ELSEWHERE}%2f")
    yield Evasion("a blank before it", f" //{ELSEWHERE}/")
    yield Evasion("capitals", f"HTTPS://{ELSEWHERE.upper()}/")
    yield Evasion("a dot segment before two slashes", f"/.//{ELSEWHERE}/..//{ELSEWHERE}/")
    if registered:
        yield Evasion("own domain as the end of another's", f"https://launchready-callback-{registered}/")
    yield Evasion("a script", f"javascript:{SCRIPT}()")


def is_elsewhere(host: str, registered: str) -> bool:
    """Whether a host is the one that was tried, under whatever disguise."""
    ours = host == ELSEWHERE or host.endswith(f".{ELSEWHERE}")
    return ours or (bool(registered) and host == f"launchready-callback-{registered}")


def without(url: str, name: str) -> str:
    """The address without this parameter."""
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def with_parameters(url: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address with these parameters after those it has; each value is encoded whole, and once."""
    parts = urlsplit(url)
    added = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in pairs)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))

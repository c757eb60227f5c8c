"""A cookie jar as browsers keep it: the storage model of RFC 6265bis, sections 5.7 and 5.8. Raw values: never evidence.

All that a visitor asks is asked as by somebody who opens the portal itself, so SameSite holds nothing back here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from launchready.evidence.public_suffix import is_public_suffix
from launchready.evidence.set_cookie import SameSite, SetCookie, parse_set_cookie, prefix_fault

LONGEST = timedelta(days=400)
"""Browsers cut longer lifetimes to this (section 5.5)."""
MOST_COOKIES = 1_000
_SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie as a browser holds it.

    Attributes:
        name, value: raw.
        host: its domain, lower case; `host_only` says whether subdomains do not get it.
        path: the paths that get it.
        secure, http_only, same_site, partitioned: as set.
        expires: UTC; None when it ends with the browser's session.
    """

    name: str
    value: str
    host: str
    host_only: bool = True
    path: str = "/"
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "Default"
    expires: datetime | None = None
    partitioned: bool = False

    @property
    def key(self) -> tuple[str, str, bool, str]:
        """What makes another cookie take its place."""
        return self.name, self.host, self.host_only, self.path

    def belongs_to(self, place: "Place") -> bool:
        """Whether a request there carries it."""
        fits = place.host == self.host if self.host_only else domain_match(place.host, self.host)
        return fits and path_match(place.path, self.path) and (place.secure or not self.secure)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes, as far as cookies care."""

    host: str
    path: str
    secure: bool

    @classmethod
    def of(cls, url: str) -> Self:
        """The place of an absolute address. A host on this machine counts as secure, as in browsers."""
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            try:
                host = host.encode("idna").decode("ascii")
            except UnicodeError:
                host = ""
        return cls(host, parts.path or "/", parts.scheme == "https" or _is_this_machine(host))


class Jar:
    """Cookies of one visitor; keeps the order in which they came, as sending does."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._cookies: dict[tuple[str, str, bool, str], Cookie] = {}

    def copy(self) -> "Jar":
        """The same cookies, from now on apart."""
        other = Jar(self._now)
        other._cookies = dict(self._cookies)
        return other

    def cookies(self) -> tuple[Cookie, ...]:
        """All that is held and has not expired, oldest first."""
        now = self._now()
        return tuple(each for each in self._cookies.values() if each.expires is None or each.expires > now)

    def replace(self, cookies: Iterable[Cookie]) -> None:
        """Hold exactly these."""
        self._cookies = {each.key: each for each in cookies}

    def keep(self, cookie: Cookie) -> None:
        """Hold this one too, in place of an older one of the same name, host and path."""
        self._cookies[cookie.key] = cookie

    def store(self, url: str, lines: Iterable[str]) -> None:
        """Take what an answer from this address sets, as a browser would: keep, replace, delete or ignore."""
        place = Place.of(url)
        for line in lines:
            given = parse_set_cookie(line)
            cookie = accepted(given, place, self._now()) if given else None
            if cookie is None or self._would_overlay(cookie, place):
                continue
            if cookie.expires is not None and cookie.expires <= self._now():
                self._cookies.pop(cookie.key, None)
            elif cookie.key in self._cookies or len(self._cookies) < MOST_COOKIES:
                self._cookies[cookie.key] = cookie  # a replaced one keeps its creation time, and so its place

    def sent_to(self, url: str) -> tuple[Cookie, ...]:
        """What a request to this address carries: longer paths first, then older ones."""
        place = Place.of(url)
        return tuple(sorted((c for c in self.cookies() if c.belongs_to(place)), key=lambda c: -len(c.path)))

    def _would_overlay(self, cookie: Cookie, place: Place) -> bool:
        """Whether plain http tries to shadow a secure cookie."""
        return (
            not cookie.secure
            and not place.secure
            and any(
                held.secure
                and held.name == cookie.name
                and (domain_match(held.host, cookie.host) or domain_match(cookie.host, held.host))
                and path_match(cookie.path, held.path)
                for held in self.cookies()
            )
        )


def accepted(given: SetCookie, place: Place, now: datetime) -> Cookie | None:
    """The cookie that a browser makes of this, set by an answer from that place; None where it refuses."""
    domain = given.domain
    if not place.host or not domain.isascii():
        return None
    if domain and is_public_suffix(domain):
        if domain != place.host:
            return None
        domain = ""
    if domain and not domain_match(place.host, domain):
        return None
    if given.secure and not place.secure:
        return None
    if given.same_site == "None" and not given.secure:
        return None
    if given.partitioned and not given.secure:
        return None
    if prefix_fault(given, secure_origin=place.secure):
        return None
    end = given.expiry(now)
    return Cookie(
        name=given.name,
        value=given.value,
        host=domain or place.host,
        host_only=not domain,
        path=given.path or default_path(place.path),
        secure=given.secure,
        http_only=given.http_only,
        same_site=given.same_site,
        expires=end if end is None else min(end, now + LONGEST),
        partitioned=given.partitioned,
    )


def domain_match(host: str, domain: str) -> bool:
    """Section 5.1.3: the host is the domain or below it; an IP address is only ever itself."""
    return host == domain or (host.endswith("." + domain) and not _is_ip(host))


def path_match(path: str, cookie_path: str) -> bool:
    """Section 5.1.4: the same path or one below it."""
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )


def default_path(path: str) -> str:
    """Section 5.1.4: the folder of the request's path."""
    folder = path.rpartition("/")[0]
    return folder if folder.startswith("/") else "/"


def changed(cookie: Cookie, value: str) -> Cookie:
    """The same cookie with another value."""
    return replace(cookie, value=value)


def is_opaque(value: str) -> bool:
    """Whether a value may be a secret: long, and of more than one kind of characters (session ids, tokens, JWTs)."""
    kinds = sum(any(map(test, value)) for test in (str.isupper, str.islower, str.isdigit))
    return len(value) >= _SHORTEST_SECRET and kinds >= 2


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""A Set-Cookie header as browsers read it: RFC 6265bis, with every attribute kept. Pure.

`http.cookies` drops attributes that it does not know and refuses what browsers take; so this follows the algorithm of
the standard, section 5.6. It works on redacted headers as well: the value is a fingerprint there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal

from launchready.evidence.cookie_date import cookie_date

MOST_OCTETS = 4096
"""Of name and value together; a cookie with more is refused."""
MOST_ATTRIBUTE_OCTETS = 1024
"""Of an attribute's value; an attribute with more is ignored."""

SameSite = Literal["Strict", "Lax", "None", "Default"]
_CONTROLS = frozenset(map(chr, (*range(9), *range(10, 32), 127)))
_SPACE = " \t"
_SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "lax": "Lax", "none": "None"}
_FOREVER = timedelta(days=365_000)


@dataclass(frozen=True)
class SetCookie:
    """One cookie as the server asks the browser to keep it; whether the browser does is another matter.

    Attributes:
        name, value: without surrounding blanks; the name may be empty.
        attributes: (name, value) in order, names as sent; those that browsers ignore for their length are left out.
    """

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()

    def last(self, name: str) -> str | None:
        """The value of the last attribute of this name (lower case); None where there is none."""
        return next((value for key, value in reversed(self.attributes) if key.lower() == name), None)

    @cached_property
    def domain(self) -> str:
        """The Domain attribute in lower case without its leading dot; empty: the host alone gets the cookie."""
        return (self.last("domain") or "").removeprefix(".").lower()

    @cached_property
    def path(self) -> str:
        """The Path attribute; empty where the default path holds: none, an empty one, or one without a slash."""
        given = self.last("path") or ""
        return given if given.startswith("/") else ""

    @cached_property
    def secure(self) -> bool:
        """Whether it is sent over https only."""
        return self.last("secure") is not None

    @cached_property
    def http_only(self) -> bool:
        """Whether scripts cannot read it."""
        return self.last("httponly") is not None

    @cached_property
    def same_site(self) -> SameSite:
        """The SameSite attribute; Default where there is none that browsers know (they take it as Lax)."""
        return _SAME_SITE.get((self.last("samesite") or "").lower(), "Default")

    @cached_property
    def partitioned(self) -> bool:
        """Whether it is kept apart for each site that embeds the portal (CHIPS)."""
        return self.last("partitioned") is not None

    @cached_property
    def max_age(self) -> int | None:
        """Seconds to live, of the last Max-Age that is a number; None without one."""
        ages = (_seconds(value) for key, value in reversed(self.attributes) if key.lower() == "max-age")
        return next((age for age in ages if age is not None), None)

    @cached_property
    def expires(self) -> datetime | None:
        """The last Expires that is a date, UTC; None without one."""
        dates = (cookie_date(value) for key, value in reversed(self.attributes) if key.lower() == "expires")
        return next((date for date in dates if date is not None), None)

    @cached_property
    def prefix(self) -> Literal["__Host-", "__Secure-", ""]:
        """The prefix whose rules browsers hold this name to; they compare it without regard to case."""
        name = self.name.lower()
        return (
            "__Host-" if name.startswith("__host-") else "__Secure-" if name.startswith("__secure-") else ""
        )

    def expiry(self, now: datetime) -> datetime | None:
        """When it ends, as asked for (browsers cut what is longer than 400 days); None: with the browser's session."""
        if self.max_age is None:
            return self.expires
        if self.max_age <= 0:
            return datetime.min.replace(tzinfo=UTC)
        return now + min(timedelta(seconds=min(self.max_age, 10**10)), _FOREVER)

    def deletes(self, now: datetime) -> bool:
        """Whether it tells the browser to forget the cookie."""
        end = self.expiry(now)
        return end is not None and end <= now


def parse_set_cookie(line: str) -> SetCookie | None:
    """Read one Set-Cookie header's value; None where browsers ignore it altogether."""
    if not _CONTROLS.isdisjoint(line):
        return None
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    name, value = name.strip(_SPACE), value.strip(_SPACE)
    if not (name or value) or _octets(name) + _octets(value) > MOST_OCTETS:
        return None
    attributes = []
    for each in rest.split(";") if rest else ():
        key, _, given = (part.strip(_SPACE) for part in each.partition("="))
        if (key or given) and _octets(given) <= MOST_ATTRIBUTE_OCTETS:
            attributes.append((key, given))
    return SetCookie(name, value, tuple(attributes))


def prefix_fault(cookie: SetCookie, *, secure_origin: bool = True) -> str:
    """Which rule of its name's prefix the cookie breaks, so that browsers refuse it; empty when none.

    Args:
        cookie: as sent.
        secure_origin: whether the answer came over https.
    """
    if not cookie.name and cookie.value.lower().startswith(("__host-", "__secure-")):
        return "it has no name, and its value begins like a prefixed name"
    if not cookie.prefix:
        return ""
    if not (cookie.secure and secure_origin):
        return f"{cookie.prefix} needs Secure" if secure_origin else f"{cookie.prefix} needs https"
    if cookie.prefix == "__Host-":
        if cookie.domain:
            return "__Host- must have no Domain"
        if cookie.path != "/":
            return "__Host- needs Path=/"
    return ""


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _seconds(text: str) -> int | None:
    """Max-Age as section 5.6.2 reads it."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return None
    # A number that is too long for us is too long for any lifetime, too.
    return int(text) if len(digits) <= 18 else (-1 if text[0] == "-" else 10**18)

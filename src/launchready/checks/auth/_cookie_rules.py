"""What may be wrong with one cookie as it is set: what browsers refuse, and what a session's cookie must not be."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from launchready.evidence.http import Exchange
from launchready.evidence.public_suffix import is_public_suffix
from launchready.evidence.set_cookie import SetCookie, parse_set_cookie, prefix_fault
from launchready.thresholds import thresholds

LONGEST: int = thresholds("cookies")["session"]["longest"]["value"]
BROWSERS: int = thresholds("cookies")["browsers"]["longest"]["value"]
_DAY = 86_400
_LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Setting:
    """One cookie, as one answer set it.

    Attributes:
        cookie: as browsers read it.
        host: who set it, lower case.
        secure: whether the answer came over https.
        at: when, by the server's clock; long ago where the answer does not say.
    """

    cookie: SetCookie
    host: str
    secure: bool
    at: datetime

    @property
    def subject(self) -> str:
        """What findings about it name."""
        return f"{self.host} cookie {self.cookie.name or '(without a name)'}"

    @property
    def seconds(self) -> float | None:
        """How long it is to be kept; None: as long as the browser runs."""
        end = self.cookie.expiry(self.at)
        return None if end is None else (end - self.at).total_seconds()


def settings(exchange: Exchange) -> list[Setting]:
    """All cookies that an answer sets; not those that it deletes, nor what browsers do not read at all."""
    parts = urlsplit(exchange.url)
    at = _date(exchange)
    found = []
    for line in exchange.values("set-cookie"):
        cookie = parse_set_cookie(line)
        if cookie is not None and not cookie.deletes(at):
            found.append(Setting(cookie, (parts.hostname or "").rstrip("."), parts.scheme == "https", at))
    return found


def refused(setting: Setting) -> str:
    """Why browsers do not keep it at all, in words; empty when they do (RFC 6265bis, section 5.7)."""
    cookie, domain = setting.cookie, setting.cookie.domain
    if broken := prefix_fault(cookie, secure_origin=setting.secure):
        return f"breaks the rule of its prefix, so browsers refuse it: {broken}"
    if cookie.same_site == "None" and not cookie.secure:
        return "says SameSite=None without Secure, so browsers refuse it"
    if cookie.partitioned and not cookie.secure:
        return "says Partitioned without Secure, so browsers refuse it"
    if domain and domain != setting.host and is_public_suffix(domain):
        return f"says Domain={domain}, under which anybody may register, so browsers refuse it"
    if domain and domain != setting.host and not setting.host.endswith("." + domain):
        return f"says Domain={domain}, which {setting.host} is not part of, so browsers refuse it"
    return ""


def weak(setting: Setting, shared_by: frozenset[str]) -> list[str]:
    """What is wrong with a cookie that carries a session, in words.

    Args:
        setting: it.
        shared_by: hosts that show members what strangers do not get, and so need the session.
    """
    cookie, domain = setting.cookie, setting.cookie.domain
    found = []
    if not cookie.secure:
        found.append("carries the session without Secure: browsers send it over plain http as well")
    if not cookie.http_only:
        found.append("carries the session without HttpOnly: any script on the page can read and send it away")
    below = {host for host in shared_by if host == domain or host.endswith("." + domain)}
    if domain and domain != setting.host and len(below | {setting.host}) < 2:
        found.append(f"carries the session for all of {domain}, and {setting.host} alone needs it")
    seconds = setting.seconds
    if seconds is not None and seconds > LONGEST:
        days = f"{seconds / _DAY:,.0f} days"
        cut = f" (browsers cut it to {BROWSERS // _DAY})" if seconds > BROWSERS else ""
        found.append(f"carries the session for {days}{cut}, more than {LONGEST // _DAY}")
    return found


def described(setting: Setting) -> str:
    """What is set, in words."""
    cookie = setting.cookie
    said = ["Secure"] * cookie.secure + ["HttpOnly"] * cookie.http_only
    said.append(f"SameSite={cookie.same_site}" if cookie.same_site != "Default" else "no SameSite")
    said.append(f"for {cookie.domain}" if cookie.domain else "for its host alone")
    seconds = setting.seconds
    said.append("until the browser is closed" if seconds is None else f"for {seconds / _DAY:.3g} days")
    return ", ".join(said)


def _date(exchange: Exchange) -> datetime:
    given = next(iter(exchange.values("date")), "")
    try:
        found = parsedate_to_datetime(given)
    except ValueError:
        return _LONG_AGO
    return found if found.tzinfo else found.replace(tzinfo=UTC)

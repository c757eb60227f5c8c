"""What one answer on plain http means: a sound redirect, a refusal, or the portal itself in the clear.

The hard part is a 4xx. A listener that refuses everything is sound; a portal that answers strangers with its own
401, 403 or 404 on plain http is served in the clear, and will hand out sessions there too. What https answers for
the same address, and how both sides answer for the whole host, tells them apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from launchready.checks.https._addresses import host, location, place, port, split
from launchready.evidence.http import Crawl, Exchange, PlainHttp, Trail
from launchready.evidence.redact import subject

_TEMPORARY = (302, 303, 307)
_PERMANENT = (301, 308)
_NOT_NOW = (408, 425, 429)
_PROMPTS = ("basic", "digest", "negotiate", "ntlm")
_OF_THE_TRANSPORT = frozenset(
    """accept-ranges age alt-svc cache-control connection content-encoding content-length date etag expires
    keep-alive last-modified server-timing strict-transport-security transfer-encoding upgrade vary
    via""".split()
)
"""Headers that say nothing about which application answered."""
_ALIKE = 0.6
"""Share of header names in common from which on two answers may well be one application's."""
_TELLING = 4
"""With fewer header names in common nothing follows from them."""
_NEAR = 0.05
"""Bodies whose sizes differ by a smaller share may be one page with another token in it."""


class Means(StrEnum):
    """What an answer says about the portal."""

    SOUND = "sound"
    FAULT = "fault"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one answer means, in words that are the same for the same cause."""

    means: Means
    words: str


@dataclass(slots=True)
class _Host:
    """How a whole host answers: statuses on plain http, and on https for the same addresses."""

    plain: set[int] = field(default_factory=set)
    secure: set[int] = field(default_factory=set)


class PlainAnswers:
    """Judges first hops against what else is known of the portal."""

    def __init__(self, plain: PlainHttp, crawl: Crawl) -> None:
        self._secure = {twin: (status, digest) for twin, status, digest in plain.secure}
        self._exchanges = {
            place(page.url): page.exchange for page in crawl.seen_by() if page.url.startswith("https://")
        }
        self._ports: dict[str, set[int]] = defaultdict(set)
        for page in crawl.pages:
            if page.url.startswith("https://"):
                self._ports[host(page.url)].add(port(page.url))
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        for trail in plain.trails:
            if trail.method == "GET" and trail.hops:
                self._hosts[host(trail.url)].plain.add(trail.hops[0].status)
        for twin, status, _digest in plain.secure:
            self._hosts[host(twin)].secure.add(status)

    def meaning(self, trail: Trail) -> Meaning:
        """What the first answer of a trail means; there is one."""
        status = trail.hops[0].status
        if status < 300:
            return self._served(trail)
        if status < 400:
            return self._redirected(trail)
        if status in _NOT_NOW:
            return Meaning(Means.DOUBT, f"plain http answers {status}, which may change")
        if status < 500:
            return self._refused(trail)
        return Meaning(Means.DOUBT, f"plain http answers with a server error ({status})")

    def _served(self, trail: Trail) -> Meaning:
        words = f"is served on plain http (answer {trail.hops[0].status}) instead of redirecting"
        if trail.refresh:
            words += "; a meta refresh is no redirect: the page has been sent in the clear by then"
        return Meaning(Means.FAULT, words)

    def _redirected(self, trail: Trail) -> Meaning:
        status = trail.hops[0].status
        if status not in (*_PERMANENT, *_TEMPORARY):
            return Meaning(Means.FAULT, f"answers {status} on plain http instead of redirecting")
        if not trail.locations:
            return Meaning(Means.FAULT, f"answers {status} on plain http without saying where to go")
        faults = list(self._misled(trail.url, trail.locations[0]))
        if status in _TEMPORARY:
            faults.insert(0, f"redirects only for the time being ({status} instead of 301 or 308)")
        if faults:
            return Meaning(Means.FAULT, "; ".join(faults))
        return Meaning(Means.SOUND, f"go to the same address on https ({status})")

    def _misled(self, url: str, target: str) -> Iterable[str]:
        """What is wrong with the address that a first hop leads to."""
        scheme, here, there = split(target).scheme, place(url), place(target)
        if scheme != "https":
            yield (
                "first leads on to plain http again" if scheme == "http" else "first leads to no web address"
            )
            return
        if there.host != here.host:
            yield f"first leads to another host ({there.host}) instead of https on its own"
            return
        ports = self._ports.get(here.host)
        if ports and port(target) not in ports:
            yield f"first leads to port {port(target)}, where the portal does not live"
        exchange = self._exchanges.get(here)
        if exchange is not None and place(location(exchange)) == there:
            return  # https itself would send them there: one hop saved, nobody led astray
        if there.path != here.path:
            to = "the home page" if there.path == "/" else "another path"
            yield f"the path is lost: it first leads to {to}"
        elif there.query != here.query:
            yield "the query is lost or changed on the way to https"

    def _refused(self, trail: Trail) -> Meaning:
        hop = trail.hops[0]
        if hop.status == 401 and (scheme := _prompt(hop)):
            return Meaning(
                Means.FAULT,
                f"asks for a password on plain http (401, {scheme}), which would be sent in the clear",
            )
        refuses = Meaning(Means.SOUND, f"are refused on plain http ({hop.status})")
        clear = Meaning(
            Means.FAULT,
            f"is answered by the portal itself on plain http, with the {hop.status} that https gives too",
        )
        status, digest = self._secure.get(trail.url, (0, ""))
        whole = self._hosts[host(trail.url)]
        if status != hop.status or (whole.plain == {hop.status} and whole.secure != {hop.status}):
            return refuses
        if digest and digest == hop.digest:
            return clear
        secure = self._exchanges.get(place(trail.url))
        if secure is None:
            return Meaning(
                Means.DOUBT, f"plain http and https both answer {hop.status}; it cannot be told who answers"
            )
        match _likeness(hop, secure):
            case Likeness.SAME:
                return clear
            case Likeness.ALIKE:
                return Meaning(Means.DOUBT, f"plain http and https both answer {hop.status}, and much alike")
            case Likeness.OTHER:
                return refuses

    def head_meaning(self, trail: Trail, get: Trail) -> Meaning:
        """What the answer to HEAD means, beside that to GET at the same address."""
        head, plain = trail.hops[0].status, get.hops[0].status
        if (head, trail.locations[:1]) == (plain, get.locations[:1]):
            return Meaning(Means.SOUND, "answer HEAD as they answer GET")
        if head in _NOT_NOW or (head >= 500 and head != 501):
            return Meaning(Means.DOUBT, f"plain http answers {head} to HEAD")
        if head >= 400:
            return Meaning(Means.SOUND, f"refuse HEAD on plain http ({head})")
        if head >= 300 and get.locations:
            return Meaning(Means.FAULT, f"HEAD is redirected otherwise ({head}) than GET ({plain})")
        return Meaning(Means.FAULT, f"HEAD is answered {head} on plain http, GET {plain}")

    def post_meaning(self, trail: Trail) -> Meaning:
        """What the answer to an empty POST to a form's address means."""
        status = trail.hops[0].status
        target = split(trail.locations[0]) if trail.locations else None
        if target and target.scheme == "https":
            return Meaning(Means.SOUND, f"send a POST on to https ({status})")
        if status in _NOT_NOW or status >= 500:
            return Meaning(Means.DOUBT, f"plain http answers {status} to POST")
        if status < 400 or status in (400, 401, 409, 415, 422):
            return Meaning(Means.FAULT, f"takes forms on plain http (answer {status} to an empty POST)")
        if self._hosts[host(trail.url)].plain == {status}:
            return Meaning(Means.SOUND, f"refuse POST on plain http ({status})")
        if status == 403:
            return Meaning(
                Means.DOUBT, "plain http answers 403 to POST: it refuses, or the portal missed a form token"
            )
        return Meaning(Means.SOUND, f"refuse POST on plain http ({status})")


def _prompt(hop: Exchange) -> str:
    """The scheme by which a browser would ask for a password; empty when it would not."""
    for value in hop.values("www-authenticate"):
        scheme = value.strip().partition(" ")[0]
        if scheme.lower() in _PROMPTS:
            return scheme
    return ""


class Likeness(StrEnum):
    """Whether two answers with the same status come from the same application."""

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


def _likeness(plain: Exchange, secure: Exchange) -> Likeness:
    """Compare bodies and headers.

    Both may differ a little on one application: by a token in the page, by headers that a front adds on https.
    """
    ours, theirs = _traits(plain), _traits(secure)
    shared, either = len(ours & theirs), len(ours | theirs)
    sizes = sorted((plain.size, secure.size))
    if plain.media_type == secure.media_type and sizes[0] > 0:
        if sizes[0] == sizes[1]:
            return Likeness.SAME
        if sizes[1] - sizes[0] <= sizes[1] * _NEAR:
            return Likeness.SAME if ours == theirs else Likeness.ALIKE
    if shared < _TELLING:
        return Likeness.ALIKE if sizes[1] == 0 and ours == theirs else Likeness.OTHER
    if ours == theirs:
        return Likeness.SAME
    return Likeness.ALIKE if shared / either >= _ALIKE else Likeness.OTHER


def _traits(exchange: Exchange) -> frozenset[str]:
    """What shows which application answered: the names of its headers, and its content type."""
    names = {name for name, _ in exchange.headers if name not in _OF_THE_TRANSPORT}
    return frozenset((*names, f"content-type: {exchange.media_type}"))


def host_root(url: str) -> str:
    """The host of an address, as the subject of what holds for all of it."""
    parts = split(url)
    return subject(f"{parts.scheme}://{parts.netloc}/")

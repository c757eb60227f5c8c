"""Which addresses are asked next, of all that come up, and how many are not, and why."""

import copy
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from launchready.collect.links import SENDS
from launchready.collect.shape import Shapes
from launchready.collect.wording import address_says
from launchready.site import Site

_MOST_REMEMBERED = 500_000
"""Addresses known as seen; of more than that, repetitions are counted as further ones."""

_CHANGING = re.compile(
    r"(?<![a-z])(?:(?:log|sign)[-_]?(?:out|off)|cancel|deactivate|delete|destroy|erase|purge|reboot|remove|revoke"
    r"|shutdown|terminate|unsubscribe|wipe)(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to ask: how it came up, and how many links away from the start it is."""

    url: str
    source: str
    depth: int
    shape: str


_EACH = 2
"""Pages of one shape that each of several identities asks at most: together they see more than one alone would."""


_MOST_ALIKE = 3
"""Addresses asked of those at which strangers get the same bytes, unless a page links there or one of them differs."""


class Frontier:
    """Decides which of all the addresses that come up are asked, and counts those that are not, and why."""

    def __init__(self, site: Site) -> None:
        self._limits = site.crawl
        self._ours = frozenset((*site.hosts, *site.scope.hosts))
        self._origins: dict[str, bool] = {}
        self.shapes = Shapes()
        self._seen: set[int] = set()
        self._taken = 0
        self._samples: Counter[str] = Counter()
        self.queue: deque[Wanted] = deque()
        self.skipped: Counter[str] = Counter()

    def start(self, url: str, source: str) -> None:
        """Take an address whatever its shape: where the walk begins."""
        if self._is_new(url):
            shape = self.shapes.of(url)
            self._samples[shape] += 1
            self._take(Wanted(url, source, 0, shape))

    def offer(self, urls: Iterable[str], source: str, depth: int) -> None:
        """Take those of these addresses that are in scope, within the limits, and of a shape not seen enough."""
        for each in urls:
            url = each if _is_plain(each) else without_defaults(each)
            if self._is_new(url):
                reason = self._no(url, source, depth)
                if reason:
                    self.skipped[reason] += 1

    def ours(self, url: str) -> bool:
        """Whether the address is on a host of the portal, or one that the scope adds to it."""
        origin = url[: url.find("/", 8)] if url.find("/", 8) > 0 else url
        known = self._origins.get(origin)
        if known is None:
            known = (urlsplit(origin).hostname or "").rstrip(".") in self._ours
            if len(self._origins) < 10_000:
                self._origins[origin] = known
        return known

    def _no(self, url: str, source: str, depth: int) -> str:
        """Why the address is not taken; empty when it was."""
        if not self.ours(url):
            return "outside the scope"
        if depth > self._limits.depth:
            return "too many links away from the start"
        shape = self.shapes.of(url)
        if self._samples[shape] >= self._limits.per_shape:
            return "further ones of a shape"
        if changes_something(url):
            return "looks as if it signed out or changed something"
        if self._taken >= self._limits.limit:
            return "over the limit"
        self._samples[shape] += 1
        self._take(Wanted(url, source, depth, shape))
        return ""

    def _take(self, wanted: Wanted) -> None:
        self._taken += 1
        self.queue.append(wanted)

    def _is_new(self, url: str) -> bool:
        mark = hash(url)
        if mark in self._seen:
            return False
        if len(self._seen) < _MOST_REMEMBERED:
            self._seen.add(mark)
        return True


@dataclass(frozen=True, slots=True)
class Known:
    """What the stranger's walk found out, for walks that are signed in. Raw addresses: never evidence.

    Attributes:
        shapes: as they were at its end.
        given: pages and answers that strangers get, by address.
        assets: scripts, styles, pictures and the like that strangers get.
        refused: addresses at which strangers get no more than a refusal, or are sent elsewhere.
        sources: how the walk came to know an address, by address.
        sent_to, scripted, named: as in `links.Links`, of all pages and scripts together.
        public: those of `given` that show strangers something of their own, with the marks of it.
        alike: those of `given` at which strangers get the very same bytes as at others, with a digest of them.
    """

    shapes: Shapes
    given: frozenset[str]
    assets: frozenset[str]
    refused: tuple[str, ...]
    sources: Mapping[str, str]
    sent_to: tuple[str, ...]
    scripted: tuple[str, ...]
    named: tuple[str, ...]
    public: Mapping[str, frozenset[int]]
    alike: Mapping[str, str]


class Banned:
    """Addresses that ended a session when they were asked, shared by all who are signed in."""

    def __init__(self) -> None:
        self.urls: dict[str, None] = {}
        self.shapes: set[str] = set()

    def add(self, wanted: Wanted) -> None:
        """Never ask this address again, nor any of its kind."""
        self.urls[wanted.url] = None
        self.shapes.add(wanted.shape)

    def covers(self, wanted: Wanted) -> bool:
        """Whether this address may not be asked."""
        return wanted.url in self.urls or wanted.shape in self.shapes


class SignedInFrontier(Frontier):
    """The same for somebody who is signed in: wary of whatever may act, and sparing with what strangers get too.

    Sparing as well with one page's sortings and filters, unless a parameter names the page: as many as of one shape.

    Attributes:
        left_out: reasons by address (its hash), for addresses that were not asked so far.
    """

    def __init__(self, site: Site, known: Known, left_to_others: Iterable[str] = ()) -> None:
        super().__init__(site)
        self.shapes = copy.deepcopy(known.shapes)
        self._known = known
        self._left_to_others = set(left_to_others)
        self._unlike: set[str] = set()
        self._per_shape = min(
            site.crawl.per_shape, _EACH if len(site.identities) > 1 else site.crawl.per_shape
        )
        self._sent_to: set[str] = set()
        self._sent_shapes: set[str] = set()
        self._queried: Counter[str] = Counter()
        self._held: defaultdict[str, list[Wanted]] = defaultdict(list)
        self.left_out: dict[int, str] = {}

    @property
    def taken(self) -> int:
        """How many addresses were taken so far."""
        return self._taken

    def offer(self, urls: Iterable[str], source: str, depth: int) -> None:
        """Take those that may be asked; of those that strangers are given too, one of each shape and of equal answers."""
        for each in urls:
            url = each if _is_plain(each) else without_defaults(each)
            mark = hash(url)
            if mark in self._seen:
                continue
            if reason := self._no(url, source, depth):
                self.leave(url, reason)
            elif mark not in self._seen:
                self._seen.add(mark)
                self.left_out.pop(mark, None)

    def leave(self, url: str, reason: str) -> None:
        """Note that this address is not asked, unless it was, or something else leads there."""
        mark = hash(url)
        if mark not in self._seen and (mark in self.left_out or len(self.left_out) < _MOST_REMEMBERED):
            self.left_out[mark] = reason

    def sends(self, urls: Iterable[str]) -> None:
        """Note addresses that something is sent to: asked only where a plain link leads there."""
        for each in urls:
            url = without_defaults(each)
            if len(self._sent_to) < _MOST_REMEMBERED:
                self._sent_to.add(url)
            if not (shape := self.shapes.of(url)).endswith(("}", "/")):
                self._sent_shapes.add(shape)
            self.leave(url, SENDS)

    def ask_too(self, urls: Iterable[str]) -> None:
        """Ask what was left to others after all: there is more to see than strangers get."""
        for url in sorted(self._left_to_others.intersection(urls)):
            self._left_to_others.discard(url)
            self.offer((url,), self._known.sources[url], 1)

    def answered(self, url: str, digest: str) -> None:
        """Note what was answered: where it is not what strangers get at many addresses alike, ask at all of those."""
        alike = self._known.alike.get(url, digest)
        if alike != digest and alike not in self._unlike:
            self._unlike.add(alike)
            for each in sorted(url for url, known in self._known.alike.items() if known == alike):
                self.offer((each,), self._known.sources[each], 1)

    def release(self, shape: str) -> None:
        """Ask more of this shape after all: what is behind it differs from what strangers get."""
        for wanted in self._held.pop(shape, ()):
            if self._samples[shape] >= self._per_shape:
                break
            if self._taken < self._limits.limit:
                self._samples[shape] += 1
                self.left_out.pop(hash(wanted.url), None)
                self._take(wanted)

    def _no_need(self, url: str, source: str) -> str:
        alike = self._known.alike.get(url, "")
        if alike and alike not in self._unlike and source != "link" and self._samples[alike] >= _MOST_ALIKE:
            return "further addresses at which strangers get the same answer"
        if url in self._known.assets:
            return "assets that strangers get too"
        if url in self._left_to_others and source != "start":
            return "pages that strangers get too, left to another identity"
        return ""

    def _no(self, url: str, source: str, depth: int) -> str:
        if not self.ours(url):
            return "outside the scope"
        if not url.startswith("https://"):
            return "plain http, where no session belongs"
        if said := self._no_need(url, source) or address_says(url):
            return said
        if depth > self._limits.depth:
            return "too many links away from the start"
        shape = self.shapes.of(url)
        if source != "link" and (url in self._sent_to or shape in self._sent_shapes):
            return SENDS
        path, _, query = shape.partition("?")
        if self._samples[shape] >= self._per_shape or (
            query and "=" not in query and self._queried[path] >= self._per_shape
        ):
            return "further ones of a shape"
        if self._taken >= self._limits.limit:
            return "over the limit"
        wanted = Wanted(url, source, depth, shape)
        if url in self._known.given and self._samples[shape]:
            self._held[shape].append(wanted)
            self.left_out[hash(url)] = "further ones of a shape that strangers get too"
            self._seen.add(hash(url))
            return ""
        self._samples.update({shape, self._known.alike.get(url, shape)})
        self._queried[path] += bool(query)
        self._take(wanted)
        return ""


def changes_something(url: str) -> bool:
    """Whether the address reads as if asking it would sign out, delete or end something."""
    parts = urlsplit(url)
    return bool(_CHANGING.search(_CAMEL.sub("-", f"{parts.path}?{parts.query}").lower()))


def _is_plain(url: str) -> bool:
    """Whether there is neither a default port nor a user name to take out; the quick answer for most."""
    return url.count(":") == 1 and "@" not in url and "#" not in url


@lru_cache(maxsize=8192)  # the same few addresses stand on every page
def without_defaults(url: str) -> str:
    """The address without user name, fragment and a port that its scheme implies anyway."""
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2].removesuffix(":443" if parts.scheme == "https" else ":80")
    return parts._replace(netloc=netloc, path=parts.path or "/", fragment="").geturl()

"""The walk through a portal: which addresses are asked next, and what is made of the answers.

The order in which addresses are taken up depends on the answers alone, never on which came first: answers that
are early wait for their turn. So two runs over the same portal see the same pages.
"""

import asyncio
import html as entities
import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from launchready.collect.addresses import resolve
from launchready.collect.html import Parsed, parse, script_paths
from launchready.collect.shape import Shapes
from launchready.errors import Refused, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Page, Unvisited
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.http import Answer

PROBE = "/launchready-probe/no-such-page?kept=1"
"""Asked once of each host: how it says that there is no such page, and whether a query survives the way to https."""

_AHEAD = 4
"""How many times as many answers as there are requests at once may wait for a slow one before them."""
_MOST_REMEMBERED = 500_000
"""Addresses known as seen; of more than that, repetitions are counted as further ones."""
_MOST_SITEMAP = 50_000
"""The standard's own limit for one file."""

_CHANGING = re.compile(
    r"(?<![a-z])(?:(?:log|sign)[-_]?(?:out|off)|cancel|deactivate|delete|destroy|erase|purge|reboot|remove|revoke"
    r"|shutdown|terminate|unsubscribe|wipe)(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INLINE_SCRIPT = re.compile(rb"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_SITEMAP_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|urlset|sitemapindex|!--)", re.IGNORECASE)
_LOC = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,4000}?)\s*(?:\]\]>)?\s*</loc>", re.IGNORECASE)
_ROBOTS_SITEMAP = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,4000})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to ask: how it came up, and how many links away from the start it is."""

    url: str
    source: str
    depth: int
    shape: str


class Frontier:
    """Decides which of all the addresses that come up are asked, and counts those that are not, and why."""

    def __init__(self, site: Site) -> None:
        self._limits = site.crawl
        self._ours = frozenset((*site.hosts, *site.scope.hosts))
        self._origins: dict[str, bool] = {}
        self._shapes = Shapes()
        self._seen: set[int] = set()
        self._taken = 0
        self._samples: Counter[str] = Counter()
        self.queue: deque[Wanted] = deque()
        self.skipped: Counter[str] = Counter()

    def start(self, url: str, source: str) -> None:
        """Take an address whatever its shape: where the walk begins."""
        if self._is_new(url):
            shape = self._shapes.of(url)
            self._samples[shape] += 1
            self._take(Wanted(url, source, 0, shape))

    def offer(self, urls: Iterable[str], source: str, depth: int) -> None:
        """Take those of these addresses that are in scope, within the limits, and of a shape not seen enough."""
        for each in urls:
            url = each if _is_plain(each) else _without_defaults(each)
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
        shape = self._shapes.of(url)
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
class _Visit:
    """What came of one address: a page or the lack of it, and where it leads."""

    outcome: Page | Unvisited
    parsed: Parsed
    answer_led_to: str = ""
    scripts: tuple[str, ...] = ()
    sitemap: tuple[str, ...] = ()


class Crawler:
    """One walk."""

    def __init__(self, wire: Wire, site: Site) -> None:
        self._wire = wire
        self._site = site
        self._frontier = Frontier(site)
        self._window = site.crawl.concurrency * _AHEAD
        self._pages: list[Page] = []
        self._unvisited: list[Unvisited] = []
        self._third_parties: set[str] = set()
        self._post_forms: set[str] = set()

    async def walk(self) -> Crawl:
        """Begin at the portal's address and go on until nothing is left or a limit is reached.

        Raises:
            WireError: the start page could not be looked at.
        """
        frontier = self._frontier
        frontier.start(_without_defaults(self._site.portal.url), "start")
        first = frontier.queue.popleft()
        answer = await self._wire.http.fetch("GET", first.url)
        self._note(first, self._read(first, answer))
        self._seed()
        await self._go_on()
        return Crawl(
            pages=tuple(sorted(self._pages, key=lambda page: page.url)),
            unvisited=tuple(sorted(self._unvisited, key=lambda each: each.url)),
            skipped=tuple(sorted(frontier.skipped.items())),
            third_parties=tuple(sorted(self._third_parties)),
            post_forms=tuple(sorted(self._post_forms)),
        )

    def _seed(self) -> None:
        port = self._site.https_port
        for host in self._site.hosts:
            named = f"[{host}]" if ":" in host else host
            origin = f"https://{named}" + (f":{port}" if port != 443 else "")
            self._frontier.start(f"{origin}/", "start")
            self._frontier.start(f"{origin}{PROBE}", "probe")
            self._frontier.start(f"{origin}/robots.txt", "sitemap")
            self._frontier.start(f"{origin}/sitemap.xml", "sitemap")

    async def _go_on(self) -> None:
        queue = self._frontier.queue
        under_way: deque[tuple[Wanted, asyncio.Task[_Visit]]] = deque()
        try:
            while queue or under_way:
                while queue and len(under_way) < self._window:
                    wanted = queue.popleft()
                    under_way.append((wanted, asyncio.create_task(self._visit(wanted))))
                wanted, task = under_way[0]
                self._note(wanted, await task)
                under_way.popleft()
        finally:
            for _, task in under_way:
                task.cancel()
            await asyncio.gather(*(task for _, task in under_way), return_exceptions=True)

    async def _visit(self, wanted: Wanted) -> _Visit:
        try:
            answer = await self._wire.http.fetch("GET", wanted.url)
        except WireError as error:
            cause = Cause.NO_CONSENT if isinstance(error, Refused) else Cause.UNREACHABLE
            why = Missing(cause, str(error), error.settle_by)
            return _Visit(Unvisited(self._wire.redact.url(wanted.url), why), Parsed(None))
        return self._read(wanted, answer)

    def _read(self, wanted: Wanted, answer: Answer) -> _Visit:
        """Take what is needed from an answer, so that its body can go."""
        exchange, body, url = answer.exchange, answer.body, wanted.url
        parsed = (
            parse(body, exchange, url, self._wire.redact) if body or exchange.values("link") else Parsed(None)
        )
        scripts: dict[str, None] = {}
        sitemap: tuple[str, ...] = ()
        if "javascript" in exchange.media_type or "ecmascript" in exchange.media_type:
            scripts = dict.fromkeys(script_paths(body))
        elif exchange.is_html:
            for inline in _INLINE_SCRIPT.finditer(body):
                scripts.update(dict.fromkeys(script_paths(inline[1])))
        elif wanted.source == "sitemap" and exchange.status == 200:
            sitemap = _listed(body, url)
        return _Visit(
            Page(exchange, wanted.shape, wanted.source, parsed.document),
            parsed,
            answer.location,
            tuple(filter(None, (resolve(url, path) for path in scripts))),
            sitemap,
        )

    def _note(self, wanted: Wanted, visit: _Visit) -> None:
        """Keep the outcome and take up where it leads."""
        if isinstance(visit.outcome, Unvisited):
            self._unvisited.append(visit.outcome)
            return
        self._pages.append(visit.outcome)
        frontier, parsed, depth = self._frontier, visit.parsed, wanted.depth + 1
        if visit.answer_led_to.startswith(("http://", "https://")):
            frontier.offer((visit.answer_led_to,), "link", depth)
        frontier.offer(parsed.links, "link", depth)
        frontier.offer(parsed.forms, "form", depth)
        frontier.offer(visit.sitemap, "sitemap", depth)
        frontier.offer(visit.scripts, "script", depth)
        frontier.offer(parsed.loads, "load", depth)
        for url in parsed.loads:
            if not frontier.ours(url):
                self._third_parties.add((urlsplit(url).hostname or "").rstrip("."))
        for url in parsed.post_forms:
            if frontier.ours(url) and len(self._post_forms) < 1000:
                self._post_forms.add(self._wire.http.remember(url))


def changes_something(url: str) -> bool:
    """Whether the address reads as if asking it would sign out, delete or end something."""
    parts = urlsplit(url)
    return bool(_CHANGING.search(_CAMEL.sub("-", f"{parts.path}?{parts.query}").lower()))


def _is_plain(url: str) -> bool:
    """Whether there is neither a default port nor a user name to take out; the quick answer for most."""
    return url.count(":") == 1 and "@" not in url and "#" not in url


@lru_cache(maxsize=8192)  # the same few addresses stand on every page
def _without_defaults(url: str) -> str:
    """The address without user name, fragment and a port that its scheme implies anyway."""
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2].removesuffix(":443" if parts.scheme == "https" else ":80")
    return parts._replace(netloc=netloc, path=parts.path or "/", fragment="").geturl()


def _listed(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses that a sitemap lists, or the sitemaps that a robots.txt names."""
    if urlsplit(url).path == "/robots.txt":
        found = (match[1] for match in _ROBOTS_SITEMAP.finditer(body[:500_000]))
    elif _SITEMAP_START.match(body):
        found = (match[1] for match in _LOC.finditer(body))
    else:
        return ()
    listed: dict[str, None] = {}
    for raw in found:
        listed[resolve(url, entities.unescape(raw.decode("utf-8", "replace")))] = None
        if len(listed) >= _MOST_SITEMAP:
            break
    return tuple(filter(None, listed))

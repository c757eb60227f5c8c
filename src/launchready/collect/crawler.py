"""The walk through a portal: which addresses are asked next, and what is made of the answers.

The order in which addresses are taken up depends on the answers alone, never on which came first: answers that
are early wait for their turn. So two runs over the same portal see the same pages.
"""

import asyncio
import html as entities
import re
from collections import deque
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.addresses import resolve
from launchready.collect.frontier import Frontier, Known, Wanted, without_defaults
from launchready.collect.html import Parsed, parse, script_paths
from launchready.collect.links import Links, read_links
from launchready.collect.public import equal, marks, public
from launchready.errors import WireError
from launchready.evidence.http import Crawl, Page, Unvisited
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.http import Answer

PROBE = "/launchready-probe/no-such-page?kept=1"
"""Asked once of each host: how it says that there is no such page, and whether a query survives the way to https."""

_AHEAD = 4
"""How many times as many answers as there are requests at once may wait for a slow one before them."""
_MOST_SITEMAP = 50_000
"""The standard's own limit for one file."""

_INLINE_SCRIPT = re.compile(rb"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_ASKS = re.compile(
    rb"\bfetch\s*\(|XMLHttpRequest|\bEventSource\b|\bWebSocket\b|\baxios\b|\$\.(?:ajax|get|getJSON|post)\b"
)
"""What a script uses to ask for more, by itself or through the libraries that pages load from elsewhere."""
_SITEMAP_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|urlset|sitemapindex|!--)", re.IGNORECASE)
_LOC = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,4000}?)\s*(?:\]\]>)?\s*</loc>", re.IGNORECASE)
_ROBOTS_SITEMAP = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,4000})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one address: a page or the lack of it, and where it leads."""

    outcome: Page | Unvisited
    parsed: Parsed
    answer_led_to: str = ""
    scripts: tuple[str, ...] = ()
    sitemap: tuple[str, ...] = ()
    links: Links | None = None
    marks: frozenset[int] = frozenset()


class Crawler:
    """The walk of a stranger."""

    def __init__(self, wire: Wire, site: Site, *, for_others: bool = False) -> None:
        """Prepare.

        Args:
            wire: the run's.
            site: the portal.
            for_others: also learn what those need to know who will be signed in; what is asked stays the same.
        """
        self._wire = wire
        self._site = site
        self._frontier = Frontier(site)
        self._window = site.crawl.concurrency * _AHEAD
        self._pages: list[Page] = []
        self._unvisited: list[Unvisited] = []
        self._third_parties: set[str] = set()
        self._post_forms: set[str] = set()
        self._links = Links() if for_others else None
        self._marks: dict[str, frozenset[int]] = {}

    async def walk(self) -> Crawl:
        """Begin at the portal's address and go on until nothing is left or a limit is reached.

        Raises:
            WireError: the start page could not be looked at.
        """
        frontier = self._frontier
        frontier.start(without_defaults(self._site.portal.url), "start")
        first = frontier.queue.popleft()
        answer = await self._wire.http.fetch("GET", first.url)
        self._note(first, read(self._wire, first, answer))
        self._seed()
        await self._go_on()
        return Crawl(
            pages=tuple(sorted(self._pages, key=lambda page: page.url)),
            unvisited=tuple(sorted(self._unvisited, key=lambda each: each.url)),
            skipped=tuple(sorted(frontier.skipped.items())),
            third_parties=tuple(sorted(self._third_parties)),
            post_forms=tuple(sorted(self._post_forms)),
        )

    def known(self) -> Known:
        """What this walk found out, for those who come after it and are signed in."""
        given, assets, refused, sources = dict[str, str](), set[str](), dict[str, None](), dict[str, str]()
        links = self._links or Links()
        for page in sorted(self._pages, key=lambda page: page.url):
            if page.source == "probe" or not page.url.startswith("https://"):
                continue
            url = self._wire.http.address_of(page.url)
            sources[url] = page.source
            if page.exchange.status < 300:
                if _is_asset(page):
                    assets.add(url)
                else:
                    given[url] = page.exchange.digest
            elif page.source == "sitemap":
                assets.add(url)
            elif page.exchange.status < 500 and not _is_elsewhere(page):
                refused[url] = None
        return Known(
            shapes=self._frontier.shapes,
            given=frozenset(given),
            assets=frozenset(assets),
            refused=tuple(refused),
            sources=sources,
            sent_to=tuple(links.sent_to),
            scripted=tuple(links.scripted),
            named=tuple(links.named),
            public=public({url: self._marks[url] for url in given if url in self._marks}),
            alike=equal(given),
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
        under_way: deque[tuple[Wanted, asyncio.Task[Visit]]] = deque()
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

    async def _visit(self, wanted: Wanted) -> Visit:
        try:
            answer = await self._wire.http.fetch("GET", wanted.url)
        except WireError as error:
            return Visit(Unvisited(self._wire.redact.url(wanted.url), gap(error)), Parsed(None))
        visit = read(self._wire, wanted, answer)
        if self._links is not None:
            links = read_links(answer.body, answer.exchange, wanted.url)
            return replace(visit, links=links, marks=marks(answer))
        return visit

    def _note(self, wanted: Wanted, visit: Visit) -> None:
        """Keep the outcome and take up where it leads."""
        if isinstance(visit.outcome, Unvisited):
            self._unvisited.append(visit.outcome)
            return
        self._pages.append(visit.outcome)
        if self._links is not None and visit.links is not None:
            self._marks[wanted.url] = visit.marks
            self._links.sent_to |= visit.links.sent_to
            self._links.scripted |= visit.links.scripted
            self._links.named |= visit.links.named
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


def read(wire: Wire, wanted: Wanted, answer: Answer, who: str = "anonymous") -> Visit:
    """Take what is needed from an answer, so that its body can go."""
    exchange, body, url = answer.exchange, answer.body, wanted.url
    parsed = parse(body, exchange, url, wire.redact) if body or exchange.values("link") else Parsed(None)
    scripts: list[bytes] = []
    sitemap: tuple[str, ...] = ()
    if "javascript" in exchange.media_type or "ecmascript" in exchange.media_type:
        scripts = [body]
    elif exchange.is_html:
        scripts = [inline[1] for inline in _INLINE_SCRIPT.finditer(body)]
    elif wanted.source == "sitemap" and exchange.status == 200:
        sitemap = _listed(body, url)
    paths = dict.fromkeys(path for script in scripts for path in script_paths(script))
    return Visit(
        Page(
            exchange,
            wanted.shape,
            wanted.source,
            parsed.document,
            who,
            scripts_ask=any(map(_ASKS.search, scripts)),
        ),
        parsed,
        answer.location,
        tuple(filter(None, (resolve(url, path) for path in paths))),
        sitemap,
    )


def _is_asset(page: Page) -> bool:
    """Whether an answer is one that every visitor gets alike: a script, a style sheet, a picture, a list for robots."""
    media_type = page.exchange.media_type
    return (
        page.source == "sitemap"
        or media_type.startswith(("image/", "font/", "audio/", "video/"))
        or media_type in ("text/css", "application/wasm", "application/manifest+json")
        or "javascript" in media_type
        or "ecmascript" in media_type
    )


def _is_elsewhere(page: Page) -> bool:
    """Whether the same page is to be had at another host, or with a slash more: so for everybody."""
    for location in page.exchange.values("location"):
        there, here = urlsplit(resolve(page.url, location)), urlsplit(page.url)
        if (there.path.rstrip("/"), there.query) == (here.path.rstrip("/"), here.query):
            return True
    return False


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

"""What plain requests show: the portal's pages, where http:// leads, and where declared redirects lead."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.crawler import Crawler
from launchready.collect.frontier import Banned
from launchready.collect.people import People
from launchready.collect.public import left_to_others
from launchready.collect.signed_in import SignedInWalk, Walked
from launchready.collect.trails import Trails
from launchready.errors import StoreError
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, DeclaredRedirect, Page, PlainHttp, RedirectMap, Trail
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Touch, Wire

DEEP = "launchready-probe/deep?kept=1"
"""Put in place of the * of a declared redirect, to see whether path and query are carried over."""

_MOST_HEAD = 20
_MOST_POST = 5


async def crawl(wire: Wire, site: Site, people: People, sessions: Sessions | Missing) -> Crawl:
    """Walk through the portal as a stranger, then as each identity that could be signed in, by GET only.

    The others begin when the stranger is through, and then all at once: so they ask again only what they may see
    otherwise, and two runs see the same. Public pages are asked by admins, and by the rest in turn; what shows one
    of them more than strangers get, all ask. What pages load besides is asked at last, each by one of them.

    Raises:
        WireError: the start page could not be looked at.
    """
    starts = () if isinstance(sessions, Missing) else sessions.signed_in
    stranger = Crawler(wire, site, for_others=bool(starts))
    seen = await stranger.walk()
    if not starts:
        return seen
    known, banned = stranger.known(), Banned()
    left = left_to_others(known.public, (start.identity for start in starts if not start.admin))
    walks = [
        SignedInWalk(people, start, known, banned, left.get(start.identity, frozenset())) for start in starts
    ]
    walked = await _together(walks)
    claimed: set[str] = set()
    while further := [walk for walk in walks if walk.claim(claimed, _not_for_all(walked))]:
        await _together(further)
    return _merged(seen, walked, banned, wire)


async def _together(walks: list[SignedInWalk]) -> list[Walked]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(walk.walk()) for walk in walks]
    except* StoreError as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


def _not_for_all(walks: list[Walked]) -> set[str]:
    return {url for walked in walks for url in walked.not_for_all}


def _merged(seen: Crawl, walks: list[Walked], banned: Banned, wire: Wire) -> Crawl:
    """What all saw. Kinds of pages that end sessions are left out, whoever got there before that was known."""
    pages = [page for walked in walks for page in walked.pages if page.shape not in banned.shapes]
    left_out: dict[int, str] = {}
    for walked in walks:
        for address, reason in walked.left_out.items():
            left_out.setdefault(address, f"signed in: {reason}")
    skipped = Counter(dict(seen.skipped))
    skipped.update(left_out.values())
    unvisited = (each for walked in walks for each in walked.unvisited)
    return Crawl(
        pages=tuple(sorted((*seen.pages, *pages), key=lambda page: (page.url, page.who))),
        unvisited=tuple(sorted((*seen.unvisited, *unvisited), key=lambda each: (each.url, each.who))),
        skipped=tuple(sorted(skipped.items())),
        third_parties=tuple(
            sorted({*seen.third_parties, *(host for walk in walks for host in walk.third_parties)})
        ),
        post_forms=tuple(sorted({*seen.post_forms, *(url for walk in walks for url in walk.post_forms)})),
        signs_out=tuple(sorted(map(wire.http.remember, banned.urls))),
    )


async def plain_http(wire: Wire, site: Site, crawl: Crawl) -> PlainHttp:
    """Ask the http:// twin of each https:// address that the crawl knows; always as a stranger, as anybody listens there.

    Some are asked by HEAD as well, and with consent a few forms by an empty POST. Of what only those saw who were
    signed in, one address of each shape is asked.
    """
    pages = crawl.seen_by()
    trails = Trails(wire, site, pages)
    twins: dict[str, Page] = {}
    for page in pages:
        twin = _twin(wire.http.address_of(page.url), site)
        if twin and (twin not in twins or page.url.startswith("https://")):
            twins[twin] = page
    strangers = dict(twins)
    shapes = {page.shape for page in pages}
    for page in crawl.pages:
        twin = _twin(wire.http.address_of(page.url), site)
        if page.shape not in shapes and twin and twin not in twins:
            shapes.add(page.shape)
            twins[twin] = page
    samples: dict[str, str] = {}
    for twin, page in twins.items():
        if page.source != "probe":
            samples.setdefault(page.shape, twin)
    unasked = (each for each in crawl.unvisited if each.who == "anonymous")
    silent = (_twin(wire.http.address_of(each.url), site) for each in unasked)
    jobs = [trails.follow(twin) for twin in dict.fromkeys((*twins, *filter(None, silent)))]
    jobs += [trails.first_hop("HEAD", twin) for twin in list(samples.values())[:_MOST_HEAD]]
    if wire.gate.consent >= Touch.PROBE:
        forms = (wire.http.address_of(url) for url in crawl.post_forms)
        targets = dict.fromkeys(filter(None, (_twin(url, site) for url in forms)))
        jobs += [trails.first_hop("POST", twin, Touch.PROBE) for twin in list(targets)[:_MOST_POST]]
    secure = tuple(
        (trails.shown(twin), page.exchange.status, page.exchange.digest)
        for twin, page in strangers.items()
        if page.url.startswith("https://")
    )
    return PlainHttp(await _all(jobs), secure)


async def redirect_map(wire: Wire, site: Site) -> RedirectMap:
    """Ask each declared address, in its http:// and its https:// form, and where each leads."""
    trails = Trails(wire, site)
    redirects = []
    for declared in site.portal.redirects:
        found = await _all([trails.follow(url) for url in _forms(declared.source, site)])
        redirects.append(
            DeclaredRedirect(trails.shown(declared.source), trails.shown(declared.target), found)
        )
    return RedirectMap(tuple(redirects))


async def _all(jobs: list[Coroutine[Any, Any, Trail]]) -> tuple[Trail, ...]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job) for job in jobs]
    except* StoreError as errors:
        raise errors.exceptions[0] from None
    return tuple(task.result() for task in tasks)


def _twin(url: str, site: Site) -> str:
    """The same address on plain http; empty where there is none, as on a port of its own."""
    parts = urlsplit(url)
    if parts.scheme == "http":
        return url
    if (parts.port or 443) != site.https_port:
        return ""
    return parts._replace(
        scheme="http", netloc=_netloc(parts.hostname or "", site.portal.plain_http_port, 80)
    ).geturl()


def _forms(source: str, site: Site) -> tuple[str, ...]:
    """The declared address as declared, then with the other scheme; a * at its end is tried empty and deep."""
    parts = urlsplit(source)
    host = parts.hostname or ""
    if parts.scheme == "https":
        other = ("http", _netloc(host, site.portal.plain_http_port, 80))
    else:
        other = ("https", _netloc(host, site.https_port, 443))
    paths = [parts.path or "/"]
    if paths[0].endswith("/*"):
        paths = [paths[0][:-1], paths[0][:-1] + DEEP]
    return tuple(
        f"{scheme}://{netloc}{path}" + (f"?{parts.query}" if parts.query and "?" not in path else "")
        for scheme, netloc in ((parts.scheme, parts.netloc), other)
        for path in paths
    )


def _netloc(host: str, port: int, default: int) -> str:
    named = f"[{host}]" if ":" in host else host
    return named if port == default else f"{named}:{port}"

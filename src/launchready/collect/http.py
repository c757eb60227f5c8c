"""What plain requests show: the portal's pages, where http:// leads, and where declared redirects lead."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.crawler import Crawler
from launchready.collect.trails import Trails
from launchready.errors import StoreError
from launchready.evidence.http import Crawl, DeclaredRedirect, Page, PlainHttp, RedirectMap, Trail
from launchready.site import Site
from launchready.wire import Touch, Wire

DEEP = "launchready-probe/deep?kept=1"
"""Put in place of the * of a declared redirect, to see whether path and query are carried over."""

_MOST_HEAD = 20
_MOST_POST = 5


async def crawl(wire: Wire, site: Site) -> Crawl:
    """Walk through the portal as a stranger, by GET only.

    Raises:
        WireError: the start page could not be looked at.
    """
    return await Crawler(wire, site).walk()


async def plain_http(wire: Wire, site: Site, crawl: Crawl) -> PlainHttp:
    """Ask the http:// twin of each https:// address that the crawl knows.

    Some are asked by HEAD as well, and with consent a few forms by an empty POST.
    """
    trails = Trails(wire, site, crawl.pages)
    twins: dict[str, Page] = {}
    for page in crawl.pages:
        twin = _twin(wire.http.address_of(page.url), site)
        if twin and (twin not in twins or page.url.startswith("https://")):
            twins[twin] = page
    samples: dict[str, str] = {}
    for twin, page in twins.items():
        if page.source != "probe":
            samples.setdefault(page.shape, twin)
    silent = (_twin(wire.http.address_of(each.url), site) for each in crawl.unvisited)
    jobs = [trails.follow(twin) for twin in dict.fromkeys((*twins, *filter(None, silent)))]
    jobs += [trails.first_hop("HEAD", twin) for twin in list(samples.values())[:_MOST_HEAD]]
    if wire.gate.consent >= Touch.PROBE:
        forms = (wire.http.address_of(url) for url in crawl.post_forms)
        targets = dict.fromkeys(filter(None, (_twin(url, site) for url in forms)))
        jobs += [trails.first_hop("POST", twin, Touch.PROBE) for twin in list(targets)[:_MOST_POST]]
    secure = tuple(
        (trails.shown(twin), page.exchange.status, page.exchange.digest)
        for twin, page in twins.items()
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

"""What a real browser makes of crawled pages: one of each shape first, as those share a template."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from launchready.collect._gaps import gap
from launchready.collect.addresses import host_of
from launchready.collect.html import parse
from launchready.collect.load_kinds import kind_of
from launchready.collect.people import People, SignedIn
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, BrowserPage, Failure, Mixed, Withheld
from launchready.evidence.http import Crawl, Document, Exchange, Page
from launchready.evidence.tls import Chain, Tls
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.chromium import NoBrowserError

if TYPE_CHECKING:
    from launchready.wire.tab import FailedRequest, Tab  # loads Playwright, which is slow

_SHOTS = 6
"""Screenshots in one run: the first page, and pages with insecure content."""
_QUIET_SCRIPTED, _QUIET_STATIC = 0.5, 0.1
"""Seconds without a request after which a page is at rest; one without scripts has nothing more to do."""
_REST, _REST_AGAIN = 5.0, 2.0
"""Seconds after which it is looked at even if it has not come to rest: after loading, and after scrolling."""
_SESSIONS = 3
"""How often pages are tried as one identity whose session ends meanwhile."""
_SAID = 30
_LONGEST = 300
"""Console messages of one page, and characters of one, that are kept."""

_RESOLUTIONS = {
    "MixedContentBlocked": "blocked",
    "MixedContentAutomaticallyUpgraded": "upgraded",
    "MixedContentWarning": "warning",
    "policy": "policy",
}


async def browse(wire: Wire, site: Site, crawl: Crawl, tls: Tls | Missing, people: People) -> BrowserLook:
    """Look at the crawled https pages, as many as the portal file allows.

    As many again of those that strangers do not get are opened as somebody who does.
    """
    most = site.crawl.browser_pages
    chosen, left_out = choose(crawl, most)
    by_person, left_out_there = choose_signed_in(crawl, most)
    left_out = (*left_out, *left_out_there)
    look = _Look(wire, site, await _unverified_keys(wire, tls, {host_of(page.url) for page in chosen}))
    try:
        # The first page alone, so that several do not wait for one browser that is not there.
        pages = [await look.page(page, first=True) for page in chosen[:1]]
    except NoBrowserError as error:
        return BrowserLook(_no_browser(error), (), left_out)
    if not pages:
        why = "there was no https page to open, or [crawl] browser_pages is 0"
        return BrowserLook(
            Missing(Cause.NOT_COLLECTED, why, "run the audit again with pages to open"), (), left_out
        )
    pages += await asyncio.gather(*map(look.page_or_why, chosen[1:]))
    for looked in await asyncio.gather(*(look.as_person(people, *each) for each in by_person.items())):
        pages += looked
    version = f"Chromium {wire.browser.version}"
    return BrowserLook(version, tuple(sorted(pages, key=lambda page: (page.url, page.who))), left_out)


def _no_browser(error: NoBrowserError) -> Missing:
    return Missing(Cause.NOT_COLLECTED, str(error), error.settle_by)


def choose(crawl: Crawl, most: int) -> tuple[list[Page], tuple[str, ...]]:
    """The pages to look at: the start page, one of each shape, then others; and the shapes left out."""
    pages = [
        page
        for page in crawl.seen_by()
        if page.url.startswith("https:") and page.document and page.exchange.media_type != "text/css"
    ]
    pages.sort(key=lambda page: (page.source != "start", page.exchange.status >= 400, page.url))
    first: dict[str, Page] = {}
    further = [page for page in pages if first.setdefault(page.shape, page) is not page]
    chosen = [*first.values(), *further][:most]
    seen = {page.shape for page in chosen}
    return chosen, tuple(sorted({page.shape for page in pages} - seen))


def choose_signed_in(crawl: Crawl, most: int) -> tuple[dict[str, list[Page]], tuple[str, ...]]:
    """Pages that strangers do not get, by who does: one of each shape, for the first who got it; shapes left out."""
    given = {page.url for page in crawl.seen_by() if page.document and page.exchange.status < 300}
    first: dict[str, Page] = {}
    for page in crawl.pages:
        shown = page.exchange.is_html and page.document and page.exchange.status < 300
        if shown and page.who != "anonymous" and page.url.startswith("https:") and page.url not in given:
            first.setdefault(page.shape, page)
    chosen = list(first.values())[:most]
    by_person: dict[str, list[Page]] = {}
    for page in chosen:
        by_person.setdefault(page.who, []).append(page)
    return by_person, tuple(sorted(first.keys() - {page.shape for page in chosen}))


async def _unverified_keys(wire: Wire, tls: Tls | Missing, hosts: Iterable[str]) -> dict[str, str]:
    """The public keys of hosts whose certificates failed, by host: they are judged elsewhere, here pages count."""
    if isinstance(tls, Missing):
        return {}
    keys = {}
    for host in tls.hosts:
        if host.host not in hosts or isinstance(host.endpoints, Missing):
            continue
        for endpoint in host.endpoints:
            chain = endpoint.chain
            if isinstance(chain, Chain) and not _verifies(chain):
                try:
                    shake = await wire.tls.handshake(host.host, endpoint.address, host.port)
                except WireError:
                    continue
                if shake.presented and (key := _key(shake.presented[0])):
                    keys[host.host] = key
    return keys


def _verifies(chain: Chain) -> bool:
    return not isinstance(chain.openssl, Missing) and chain.openssl.code == 0 and chain.second.code == 0


def _key(der: bytes) -> str:
    """The public key of a certificate as Chromium names it; empty if it cannot be read."""
    try:
        public = x509.load_der_x509_certificate(der).public_key()
        info = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    except (ValueError, TypeError):
        return ""
    return base64.b64encode(hashlib.sha256(info).digest()).decode("ascii")


class _Look:
    """One look at many pages."""

    def __init__(self, wire: Wire, site: Site, keys: dict[str, str]) -> None:
        self._wire, self._site, self._keys = wire, site, keys
        self._shots = _SHOTS

    async def page_or_why(self, page: Page) -> BrowserPage:
        """Look at one page; if the browser is lost on the way, that is what is known of the page."""
        try:
            return await self.page(page)
        except NoBrowserError as error:
            return BrowserPage(page.url, why=_no_browser(error))

    async def page(self, page: Page, *, first: bool = False) -> BrowserPage:
        """Look at one page.

        Raises:
            NoBrowserError: there is none.
        """
        async with self._wire.browser.tab(tuple(sorted(self._keys.values()))) as tab:
            return await self._opened(tab, page, first=first)

    async def as_person(self, people: People, who: str, pages: list[Page]) -> list[BrowserPage]:
        """Look at pages as one identity, one after the other; if there is no way to, that is what is known of them.

        The browser gets a copy of what the identity holds, so that nothing that happens there spoils its session.
        """
        looked: list[BrowserPage] = []
        reason = Missing(
            Cause.NOT_AUTHORISED,
            f"the session of {who} ended whenever pages were opened in a browser",
            "find out what ends it, and run the audit again",
        )
        try:
            for _ in range(_SESSIONS):
                if rest := pages[len(looked) :]:
                    session = await people.alive(who)
                    looked += await self._while_signed_in(session, rest)
        except NoBrowserError as error:
            reason = _no_browser(error)
        except WireError as error:
            reason = gap(error)
        return looked + [BrowserPage(page.url, why=reason, who=who) for page in pages[len(looked) :]]

    async def _while_signed_in(self, session: SignedIn, pages: list[Page]) -> list[BrowserPage]:
        """Look at these pages until the session is over; only those count behind which it still held."""
        looked: list[BrowserPage] = []
        async with self._wire.browser.profile(session.visitor.copy()) as profile:
            for page in pages:
                async with profile.tab() as tab:
                    seen = await self._opened(tab, page)
                if not await session.is_proved():
                    break
                looked.append(seen)
        return looked

    async def _opened(self, tab: "Tab", page: Page, *, first: bool = False) -> BrowserPage:
        url, accepted = self._wire.http.address_of(page.url), host_of(page.url) in self._keys
        try:
            complete = await self._visit(tab, url)
        except WireError as error:
            return BrowserPage(page.url, accepted=accepted, why=gap(error), who=page.who)
        mixed = self._mixed(tab)
        shown = page.who == "anonymous" and (first or bool(mixed))  # what others see may be personal
        return BrowserPage(
            url=page.url,
            final=self._wire.redact.url(tab.final),
            status=tab.status,
            mixed=mixed,
            document=await self._document(tab),
            console=self._said(tab.console),
            errors=self._said(tab.errors),
            failed=self._failures(tab.failed),
            withheld=_withheld(tab, self._site),
            security=tab.security,
            accepted=accepted,
            complete=complete,
            screenshot=await self._shot(tab, wanted=shown),
            who=page.who,
        )

    async def _visit(self, tab: "Tab", url: str) -> bool:
        """Load it, let its scripts work, bring everything into view. Whether it had loaded in time."""
        loaded = await tab.load(url, self._site.crawl.timeout)
        scripted = await tab.has_scripts()
        if scripted is None:
            return False
        await tab.rest(_QUIET_SCRIPTED if scripted else _QUIET_STATIC, _REST)
        await tab.scroll()
        await tab.rest(_QUIET_STATIC, _REST_AGAIN)
        await tab.frames()
        return loaded

    def _mixed(self, tab: "Tab") -> tuple[Mixed, ...]:
        found: dict[Mixed, None] = {}
        for request in tab.insecure():
            resolution = _RESOLUTIONS.get(request.resolution, "warning")
            twin = self._twin(tab, request.url) if resolution == "upgraded" else ""
            found[Mixed(kind_of(request.resource), self._redacted(request.url), resolution, twin)] = None
        return tuple(found)

    def _twin(self, tab: "Tab", url: str) -> str:
        secure = url.replace("http", "https", 1).partition("#")[0]
        if secure in tab.answered:
            return "answered"
        return next(("refused" if f.withheld else "failed" for f in tab.failed if f.url == secure), "")

    async def _document(self, tab: "Tab") -> Document | None:
        content = (await tab.content()).encode("utf-8", "replace")
        if not content:
            return None
        kind = (("content-type", "text/html; charset=utf-8"),)
        size = self._site.crawl.max_bytes
        exchange = Exchange("GET", "", 200, kind, len(content), len(content) > size, "", "")
        return parse(content[:size], exchange, tab.final, self._wire.redact).document

    def _failures(self, failed: "Iterable[FailedRequest]") -> tuple[Failure, ...]:
        """What failed by itself; what is refused by the gate or as insecure stands elsewhere."""
        kept = (f for f in failed if not f.withheld and f.why != "mixed-content")
        return tuple(dict.fromkeys(Failure(self._redacted(f.url), f.why[:80]) for f in kept))[:100]

    def _said(self, messages: Iterable[str]) -> tuple[str, ...]:
        """Messages without what may be secret: addresses redacted, long opaque words as fingerprints."""
        kept = []
        for message in dict.fromkeys(messages):
            text = _ADDRESS.sub(lambda match: self._redacted(match[0]), message)
            text = _OPAQUE.sub(lambda match: self._wire.redact.fingerprint(match[0]), text)
            kept.append(" ".join(text.split())[:_LONGEST])
        return tuple(kept[:_SAID])

    def _redacted(self, url: str) -> str:
        try:
            return self._wire.redact.url(url) if "://" in url else f"{url.partition(':')[0]}:…"
        except ValueError:
            return "…"

    async def _shot(self, tab: "Tab", *, wanted: bool) -> str:
        if not wanted or self._shots <= 0:
            return ""
        self._shots -= 1
        picture = await tab.screenshot()
        return self._wire.attach(picture, ".png") if picture else ""


_ADDRESS = re.compile(r"\b(?:https?|wss?)://[^\s'\"<>)\]]+")
_OPAQUE = re.compile(r"(?<![/\w~-])(?=[\w\-.]*\d)(?=[\w\-.]*[A-Za-z])[\w\-]{16,}(?:\.[\w\-]+)*")


def _withheld(tab: "Tab", site: Site) -> tuple[Withheld, ...]:
    """What is outside the scope: requests that the gate refused, and sockets, whose hosts do not resolve."""
    found = {Withheld(kind_of(f.resource), host_of(f.url)) for f in tab.failed if f.withheld}
    allowed = site.scope.subresources
    for url in tab.sockets:
        host = host_of(url)
        if urlsplit(url).scheme == "wss" and host not in allowed and not site.in_scope(host):
            found.add(Withheld("connect", host))
    return tuple(sorted(found, key=lambda each: (each.kind, each.host)))

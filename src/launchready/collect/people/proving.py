"""How we know that a visitor is signed in: something it sees, and neither a stranger nor one halfway through does.

Nothing is believed because a login answered nicely. A mark is looked for in what the visitor gets and a stranger does
not get at the same address, seen twice, and can be looked for again with one request.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from launchready.collect.people.apis import Apis
from launchready.collect.people.marks import (
    Mark,
    logout_marks,
    names_of,
    page_marks,
    text_marks,
    whoami_marks,
)
from launchready.collect.people.pages import Page
from launchready.collect.people.places import apis_to_ask, worth_a_look
from launchready.errors import WireError
from launchready.evidence.sessions import Proof
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.wire import Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

__all__ = ["Mark", "Proven", "Prover", "Suspect"]

_MOST_PAGES = 5
_MOST_CARRIERS = 6
_MOST_SPARE = 3

Pair = tuple[Page, Page]
"""What the visitor got, and what a stranger got at the same address."""
Candidate = tuple[Mark, Pair]


@dataclass(slots=True)
class Proven:
    """A mark that was seen, and what showed it.

    Attributes:
        mark: it.
        signed_in, anonymous: the answers of the two.
        carriers: as `SessionStart.carriers`.
    """

    mark: Mark
    signed_in: Answer
    anonymous: Answer
    carriers: tuple[str, ...] = ()

    def proof(self, wire: Wire) -> Proof:
        """The same as evidence."""
        return Proof(
            url=wire.http.remember(self.mark.url),
            kind=self.mark.kind,
            says=self.mark.says,
            signed_in=self.signed_in.exchange,
            anonymous=self.anonymous.exchange,
        )


@dataclass(slots=True)
class Suspect:
    """Somebody who may be signed in.

    Attributes:
        identity: whose names to look for, and the proof that was declared.
        visitor: the one.
        landing: where the login ended; None where it ended at no page.
        halfway: what it held between password and second factor; it must not see the mark either, if one is to be found
            so. (What it held before the password is no test: where the identifier is kept, that is signed in by now.)
        beside: the API that took the password, as one that says who asks is often near it; raw, empty where none did.
        asked: addresses that the portal's scripts asked in a browser, redacted.
    """

    identity: Identity
    visitor: Visitor
    landing: Page | None = None
    halfway: Visitor | None = None
    beside: str = ""
    asked: tuple[str, ...] = ()
    seen: list[Pair] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def landed_at(self, url: str) -> Page | None:
        """What was shown there when the login ended, which is a first look; None where it ended elsewhere."""
        landing = self.landing
        return landing if landing and landing.url == url and landing.answer.exchange.method == "GET" else None

    def halfway_apart(self, url: str) -> Visitor | None:
        """Who was halfway, to ask there once more; None where that is the same session by now, identifier and all."""
        halfway = self.halfway
        if halfway is None:
            return None
        mine, theirs = ((each.held(url), each.headers) for each in (self.visitor, halfway))
        return halfway.copy() if mine != theirs else None


@dataclass(slots=True)
class Prover:
    """Finds marks; strangers' answers are kept, as they are the same for all identities."""

    wire: Wire
    site: Site
    apis: Apis
    _strangers: dict[str, asyncio.Task[Page | None]] = field(default_factory=dict)

    async def prove(self, suspect: Suspect) -> Proven | None:
        """Find what this visitor sees and a stranger does not; None when there is nothing."""
        spare: list[Proven] = []
        async for mark, (page, stranger) in self._candidates(suspect):
            if not await self.shows(suspect.visitor, mark):
                continue  # it was there once, by chance
            found = Proven(mark, page.answer, stranger.answer)
            halfway = suspect.halfway_apart(mark.url)
            if halfway is not None and await self.shows(halfway, mark):
                spare.append(found)
                if len(spare) >= _MOST_SPARE:
                    break
                continue
            found.carriers = await self._carriers(suspect.visitor, mark)
            if not (mark.kind == "name" and _is_echo(suspect, found)):
                return found
        for found in spare[:1]:  # whatever is protected opens after the password alone; others judge that
            found.carriers = await self._carriers(suspect.visitor, found.mark)
            return found
        return None

    async def shows(self, visitor: Visitor, mark: Mark) -> bool:
        """Whether the mark holds for this visitor now. One request."""
        page = await _page(visitor, mark.url)
        return page is not None and mark.holds(page)

    async def _candidates(self, suspect: Suspect) -> AsyncIterator[Candidate]:
        """Marks in the order in which they are believed."""
        for search in (self._declared, self._named, self._whoami):
            async for candidate in search(suspect):
                yield candidate
        for marks in (page_marks, logout_marks):
            for pair in suspect.seen:
                for mark in marks(*pair):
                    yield mark, pair

    async def _declared(self, suspect: Suspect) -> AsyncIterator[Candidate]:
        """The page that the portal file declares; a text that it declares is looked for with the names."""
        declared = suspect.identity.proof or ""
        if declared.startswith(("/", "https://", "http://")):
            async for pair in self._pairs(suspect, (urljoin(self.site.portal.url, declared),)):
                for mark in page_marks(*pair, kind="declared"):
                    yield mark, pair

    async def _named(self, suspect: Suspect) -> AsyncIterator[Candidate]:
        """Names of the identity on the pages where it came out, and on those that are likely to say who one is."""
        landing = suspect.landing
        urls = [landing.url] if landing is not None and landing.is_html else []
        urls.append(self.site.portal.url)
        async for pair in self._pairs(suspect, urls):
            for mark in text_marks(suspect.identity, *pair):
                yield mark, pair
        pages = [landing] if landing is not None else []
        further = worth_a_look(self.site, (*pages, *(page for page, _ in suspect.seen)))
        async for pair in self._pairs(suspect, [url for url in further if url not in urls][:_MOST_PAGES]):
            for mark in text_marks(suspect.identity, *pair):
                yield mark, pair

    async def _whoami(self, suspect: Suspect) -> AsyncIterator[Candidate]:
        """Interfaces that say who asks, where no page will do."""
        if not suspect.visitor.headers and any(list(page_marks(*pair)) for pair in suspect.seen):
            return
        pages = [page for page, _ in suspect.seen]
        own = [self.wire.http.address_of(url) for url in suspect.asked]
        for urls in (own, *await apis_to_ask(self.apis, self.site, pages, suspect.beside)):
            before = len(suspect.seen)
            async for pair in self._pairs(suspect, urls):
                for mark in whoami_marks(suspect.identity, *pair):
                    yield mark, pair
            if any(list(page_marks(*pair)) for pair in suspect.seen[before:]):
                break  # what was found will do

    async def _pairs(self, suspect: Suspect, urls: Iterable[str]) -> AsyncIterator[Pair]:
        """What the visitor and a stranger get, where the visitor gets something that it has not had yet."""
        for url in dict.fromkeys(urls):
            page = suspect.landed_at(url) or await _page(suspect.visitor, url)
            if page is None or page.redirects or not 200 <= page.status < 300:
                continue
            digest = page.answer.exchange.digest
            if digest in suspect.digests:
                continue  # whatever is asked, the same page comes: a script decides what to show
            suspect.digests.add(digest)
            if (stranger := await self._stranger_at(url)) is not None:
                suspect.seen.append((page, stranger))
                yield page, stranger

    async def _stranger_at(self, url: str) -> Page | None:
        """What a stranger gets at an address; asked once in a run."""
        if url not in self._strangers:
            self._strangers[url] = asyncio.create_task(_page(Visitor(self.wire.http), url))
        return await asyncio.shield(self._strangers[url])

    async def _carriers(self, visitor: Visitor, mark: Mark) -> tuple[str, ...]:
        """Names of the cookies and headers without which the mark is gone; or those of which each will do alone.

        Raises:
            WireError: there was no answer, which would look like a mark that is gone.
        """

        async def shows(taken: Iterable[str]) -> bool:
            return mark.holds(Page(mark.url, await _without(visitor, taken).fetch("GET", mark.url)))

        cookies = list(dict.fromkeys(name for name, _ in visitor.held(mark.url)))[:_MOST_CARRIERS]
        named = [f"cookie {name}" for name in cookies]
        named += [f"header {name.lower()}" for name, _ in visitor.headers]
        if len(named) == 1:
            return tuple(named)
        needed = [each for each in named if not await shows((each,))]
        if needed:
            return tuple(needed)
        others = {each: tuple(other for other in named if other != each) for each in named}
        return tuple([each for each in named if await shows(others[each])])


async def _page(visitor: Visitor, url: str) -> Page | None:
    """What this visitor gets at an address; None where there is no answer."""
    try:
        return Page(url, await visitor.fetch("GET", url))
    except WireError:
        return None


def _without(visitor: Visitor, carriers: Iterable[str]) -> Visitor:
    """The same visitor, but for these."""
    other = visitor.copy()
    for carrier in carriers:
        kind, _, name = carrier.partition(" ")
        if kind == "cookie":
            other.drop(name)
        else:
            other.headers = tuple(header for header in other.headers if header[0].lower() != name)
    return other


def _is_echo(suspect: Suspect, found: Proven) -> bool:
    """Whether the name stands there only as a cookie of ours says it, as in "last signed in as"."""
    names = names_of(suspect.identity)
    held = suspect.visitor.held(found.mark.url)
    cookies = {f"cookie {name}": unquote(value).lower() for name, value in held}
    return bool(found.carriers) and all(cookies.get(each, "") in names for each in found.carriers)

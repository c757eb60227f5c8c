"""Which addresses an identity reads and a stranger does not, and by which values one would know.

Content decides, never a status: a login page is often answered with 200, an error with 200, a leak with 302. What an
identity is shown, less what stands on all its pages (menu, greeting) and on a page that does not exist, is its own;
what of it neither the stranger nor that page shows, are the markers. An address of which the stranger is shown most
is public, whatever name the header shows to those who are signed in.
"""

import asyncio
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, proxy

from launchready.collect.people import People
from launchready.collect.people.apis import Operation
from launchready.collect.people.candidates import Candidate, in_turn, of_api, of_crawl, of_list
from launchready.collect.people.pages import Page
from launchready.collect.people.pieces import field_names, is_for_sharing, is_telling, kind_of, pieces
from launchready.collect.people.routes import OpenRoute, ProtectedRoute
from launchready.errors import StoreError, WireError
from launchready.evidence.http import Crawl
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

__all__ = ["OpenRoute", "ProtectedRoute", "Survey", "protected_routes", "survey"]

NEVER = "/launchready-probe/no-such-page"
"""A path that no portal has."""

_FEW_MARKERS = 4
"""With fewer on a page, a second look tells which of them change from one answer to the next."""
_COMMON = 3
"""A value on so many unlike pages, and on half of them, belongs to the frame around them."""
_AT_ONCE = 8


@dataclass(slots=True)
class _Look:
    """Both answers to one address."""

    candidate: Candidate
    owner: Answer
    stranger: Answer
    again: Answer | None = None

    @property
    def stable(self) -> frozenset[bytes]:
        """What the identity is shown each time."""
        shown = pieces(self.owner)
        return shown & pieces(self.again) if self.again else shown


class _Strangers:
    """What strangers are answered: asked once in a run, whoever is compared with them."""

    def __init__(self, people: People) -> None:
        self._http = people.wire.http
        self._answers: dict[str, asyncio.Task[Answer | None]] = {}

    async def answer(self, url: str) -> Answer | None:
        """The answer to this address; None where there was none to be had."""
        if url not in self._answers:
            self._answers[url] = asyncio.create_task(_answer(Visitor(self._http), url))
        return await asyncio.shield(self._answers[url])

    async def nothing(self, origin: str) -> frozenset[bytes]:
        """How this host says that there is no such page."""
        return _shown(await self.answer(origin + NEVER))


class Survey:
    """What one identity is shown and a stranger is not, looked up as far as somebody wants to know."""

    def __init__(self, people: People, name: str, crawl: Crawl, strangers: _Strangers) -> None:
        # Whoever keeps the people keeps the survey, not the other way round.
        self._people: People = proxy(people)
        self._name = name
        self._strangers = strangers
        self._busy = asyncio.Lock()
        raw = {page.url: people.wire.http.address_of(page.url) for page in crawl.pages if page.who == name}
        self._left = of_crawl(crawl, name, raw)
        self._operations: tuple[Operation, ...] | None = None
        self._nothing: dict[str, tuple[frozenset[bytes], frozenset[bytes]]] = {}
        self._common: dict[str, Counter[bytes]] = {}
        self._looked: Counter[str] = Counter()
        self._seen: set[str] = set()
        self.protected: list[ProtectedRoute] = []
        self.open: list[OpenRoute] = []
        self.unclear = 0

    async def until(
        self, most: int, *, looks: int = 1_000, known: Container[str] = (), late: bool = True
    ) -> None:
        """Look at addresses until so many are known to be protected, or none is left.

        Args:
            most: protected ones wanted in all.
            looks: addresses looked at now, at most.
            known: shapes that need no look now.
            late: look at those too to which strangers are led, where there is little to expect.

        Raises:
            WireError: we could not be signed in, or were not any more at the end.
        """
        async with self._busy:
            if len(self.protected) >= most:
                return
            await self._learn_api()
            if not self._next(1, known, late=late):
                return
            async with self._people.acting_as(self._name) as session:
                while len(self.protected) < most and looks > 0:
                    count = min(max(most - len(self.protected), 2), looks, _AT_ONCE)
                    batch = self._next(count, known, late=late)
                    if not batch:
                        break
                    looks -= len(batch)
                    self._left = [each for each in self._left if each not in batch]
                    self._seen |= {each.shape for each in batch}
                    await self._batch(batch, session.visitor)

    async def _learn_api(self) -> None:
        """Take up what the API's document names and the crawl did not come across."""
        if self._operations is None:
            self._operations = await self._people.apis.operations()
            known = {each.shape for each in self._left}
            named = of_api(self._operations, self._people.site.portal.url)
            self._left = in_turn((*self._left, *(each for each in named if each.shape not in known)))

    def _next(self, count: int, known: Container[str], *, late: bool) -> list[Candidate]:
        return [each for each in self._left if each.shape not in known and (late or not each.late)][:count]

    async def _batch(self, batch: list[Candidate], owner: Visitor) -> None:
        for origin in dict.fromkeys(_origin(each.url) for each in batch):
            if origin not in self._nothing:
                self._nothing[origin] = (
                    _shown(await _answer(owner, origin + NEVER)),
                    await self._strangers.nothing(origin),
                )

        async def look(each: Candidate) -> _Look | None:
            mine = await _answer(owner, each.url)
            # What the identity itself is refused says nothing of a stranger.
            if mine is None or not 200 <= mine.exchange.status < 300:
                return None
            theirs = await self._strangers.answer(each.url)
            return _Look(each, mine, theirs) if theirs else None

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(look(each)) for each in batch]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        looks = [each for task in tasks if (each := task.result())]
        self.unclear += len(batch) - len(looks)
        for each in looks:
            kind = kind_of(each.owner)
            self._looked[kind] += 1
            self._common.setdefault(kind, Counter()).update(pieces(each.owner))
            self._take_up(each)
        for each in looks:
            await self._sort(each, owner)

    def _take_up(self, look: _Look) -> None:
        """Records of a list that was read."""
        data = Page(look.candidate.url, look.owner).data
        if data is None or not self._operations:
            return
        known = {each.shape for each in self._left} | self._seen
        portal = self._people.site.portal.url
        found = of_list(look.candidate.url, data, self._operations, portal)
        at = next((at for at, each in enumerate(self._left) if each.late), len(self._left))
        self._left[at:at] = [each for each in found if each.shape not in known]

    async def _sort(self, look: _Look, visitor: Visitor) -> None:
        route = self._judged(look)
        few = isinstance(route, ProtectedRoute) and len(route.markers) < _FEW_MARKERS
        if few and kind_of(look.owner) == "page" and look.owner.exchange.digest != look.candidate.digest:
            look.again = await _answer(visitor, look.candidate.url)
            route = self._judged(look)
        match route:
            case ProtectedRoute():
                self.protected.append(route)
            case OpenRoute():
                self.open.append(route)
            case None:
                self.unclear += 1

    def is_for_all(self, route: OpenRoute) -> bool:
        """Whether an open page says that it is there to be shared, and stands outside the frame of the others."""
        frame = self._frame(route.kind)
        return route.for_sharing and 2 * len(frame & route.shown) < len(frame)

    def _frame(self, kind: str) -> frozenset[bytes]:
        """What stands around the contents of pages, as far as they were looked at."""
        enough = max(_COMMON, self._looked[kind] / 2)
        common = self._common.get(kind, Counter())
        return frozenset(piece for piece, times in common.items() if times >= enough)

    def _judged(self, look: _Look) -> ProtectedRoute | OpenRoute | None:
        kind = kind_of(look.owner)
        never_owner, never_stranger = self._nothing[_origin(look.candidate.url)]
        shown, theirs = look.stable, pieces(look.stranger)
        frame = never_owner | self._frame(kind)
        own = shown - frame
        url, shape = look.candidate.url, look.candidate.shape
        owner, anonymous = look.owner.exchange, look.stranger.exchange
        if not own:
            return None
        public = own & theirs
        if _weight(public) * 2 >= _weight(own):
            return OpenRoute(url, shape, kind, owner, anonymous, public, shown, is_for_sharing(look.owner))
        markers = own - theirs - never_stranger
        if len(markers) >= 2 or any(map(is_telling, markers)):
            around = (frame & shown) - theirs - never_stranger
            names = field_names(look.owner) - field_names(look.stranger)
            return ProtectedRoute(url, shape, kind, owner, anonymous, markers, frozenset(around), names)
        return None


@dataclass(slots=True)
class _Known:
    """What is known of one run: the surveys of its people."""

    strangers: _Strangers
    surveys: dict[str, Survey] = field(default_factory=dict)


_KNOWN: WeakKeyDictionary[People, _Known] = WeakKeyDictionary()


def survey(people: People, name: str, crawl: Crawl) -> Survey:
    """The run's survey of this identity, shared by all who ask."""
    known = _KNOWN.setdefault(people, _Known(_Strangers(people)))
    if name not in known.surveys:
        known.surveys[name] = Survey(people, name, crawl, known.strangers)
    return known.surveys[name]


async def protected_routes(people: People, name: str, crawl: Crawl, most: int) -> tuple[ProtectedRoute, ...]:
    """Up to `most` addresses that this identity reads and a stranger does not, of unlike shapes; pages and API in turn.

    What is known from an earlier call costs nothing.

    Args:
        people: of this run.
        name: of the identity.
        crawl: with the pages that the identity saw.
        most: how many are wanted.

    Raises:
        WireError: we could not be signed in as this identity.
    """
    found = survey(people, name, crawl)
    await found.until(most)
    return tuple(found.protected[:most])


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _weight(values: Iterable[bytes]) -> int:
    """How much there is to read."""
    return sum(map(len, values))


async def _answer(visitor: Visitor, url: str) -> Answer | None:
    """The answer; None where there was none to be had."""
    try:
        return await visitor.fetch("GET", url)
    except StoreError:
        raise
    except WireError:
        return None


def _shown(answer: Answer | None) -> frozenset[bytes]:
    return pieces(answer) if answer else frozenset()

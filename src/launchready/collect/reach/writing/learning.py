"""What each party is offered to write and where it reads, from its own pages and from the portal's documents. Raw."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.reach.sources import learned
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.objects import objects_in
from launchready.collect.reach.writing.operations import Operation, in_page, of_offer, route
from launchready.collect.reach.writing.wellbeing import Profile, about
from launchready.collect.wording import plain
from launchready.evidence.access import ANONYMOUS
from launchready.evidence.http import Crawl

_PAGES_PER_SHAPE = 2
"""Of one template: what is offered may depend on the state of the record."""
_MOST_VIEWS = 120
_SHORTEST_ID = 8
_MOST_RECORDS = 200
"""Of one list: more of them say nothing more of their fields."""
_AT_ONCE = 8
_LONGEST_QUESTION = 300
_NO_NOUNS = frozenset("api rest json backend service services www app new create add".split())


@dataclass(slots=True)
class Learned:
    """All of it.

    Attributes:
        operations: each as one party is offered it; of documents that name nobody, with an empty party.
        views: addresses that a party is shown, raw: pages and JSON without ids first.
        records: JSON objects in the lists that a party is shown, raw; of each list the first ones.
        profiles: where an identity is told who it is.
        links: addresses that links and controls of a party's lists named at the beginning, raw.
    """

    operations: list[Operation] = field(default_factory=list)
    views: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)

    def take(self, party: str, username: str, url: str, data: Any) -> None:
        """Note what an answer in JSON tells of records, and of whoever asked."""
        if data is None:
            return
        if "{}" not in route(url):
            named = (each for each in objects_in(data) if "id" in each or "uuid" in each)
            self.records.setdefault(party, []).extend(islice(named, _MOST_RECORDS))
        if (says := about(data, username)) and (
            party not in self.profiles or _plainest(url) < _plainest(self.profiles[party].url)
        ):
            self.profiles[party] = Profile(url, says)

    def ids(self) -> frozenset[str]:
        """What names records in the lists that were shown, where that is long enough to be nothing else in an address."""
        named = (each.get(key) for group in self.records.values() for each in group for key in ("id", "uuid"))
        return frozenset(each for each in named if isinstance(each, str) and len(each) >= _SHORTEST_ID)

    def evidence(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """(operation, source, parties), sorted."""
        found: dict[str, tuple[str, set[str]]] = {}
        for each in sorted(self.operations, key=lambda o: (o.template(), o.source, o.party)):
            found.setdefault(each.template(), (each.source, set()))[1].update({each.party} - {""})
        return tuple((name, source, tuple(sorted(who))) for name, (source, who) in sorted(found.items()))


def nouns(operation: Operation) -> frozenset[str]:
    """The things that an operation is about: words of its path, and of the name of a GraphQL mutation, in the singular."""
    path = route(operation.url).partition("://")[2].partition("/")[2].partition("?")[0]
    said = [segment for segment in path.split("/") if segment and segment != "{}"]
    words = {stem(word) for segment in said for word in plain(segment.replace("_", "-")).split()}
    if operation.source == "graphql":
        label = "".join(f" {c}" if c.isupper() else c for c in operation.label)
        words |= {stem(word) for word in plain(label).split()}
    return frozenset(word for word in words if len(word) > 2 and word not in _NO_NOUNS)


def stem(word: str) -> str:
    """A noun without the endings of English plurals; others are the same on both sides anyway."""
    word = plain(word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


async def learn(people: People, crawl: Crawl, acting: Acting) -> Learned:
    """Read again what the crawl saw, a few pages of each template, as each party; each is read once."""
    found = Learned()
    for name in sorted(acting.parties):
        username = _username(people, name)
        views = _of_crawl(people, crawl, name)
        ordered = sorted(views, key=_plainest)
        for at in range(0, len(ordered), _AT_ONCE):
            urls = tuple(ordered[at : at + _AT_ONCE])
            for url, read in zip(urls, await acting.look_all(name, urls), strict=True):
                if read is not None and read.status == 200:
                    offered = in_page(read, name)
                    found.operations += offered
                    found.take(name, username, url, read.data)
                    if "{}" not in route(url):
                        named = {*(link.url for link in read.links), *(each.url for each in offered)}
                        found.links.setdefault(name, set()).update(named)
        if name != ANONYMOUS:
            views |= dict.fromkeys(await _sources(people, crawl, name, acting, found))
        found.views[name] = tuple(sorted(views, key=_plainest))[:_MOST_VIEWS]
    found.operations = _once(found.operations)
    return found


def _username(people: People, name: str) -> str:
    return next((each.username for each in people.site.identities if each.name == name), "")


def _plainest(url: str) -> tuple[bool, int, str]:
    """Views without ids first, the shortest first of all."""
    return "{}" in route(url), len(url), url


def _of_crawl(people: People, crawl: Crawl, name: str) -> dict[str, None]:
    """All addresses that show something; raw."""
    raw = people.wire.http.address_of
    shapes: Counter[str] = Counter()
    views: dict[str, None] = {}
    for page in sorted(crawl.seen_by(name), key=lambda each: each.url):
        told = page.exchange.is_html or page.exchange.media_type.endswith("json")
        if page.exchange.status == 200 and page.source != "probe" and told:
            shapes[page.shape] += 1
            if shapes[page.shape] <= _PAGES_PER_SHAPE:
                views[raw(page.url)] = None
    return views


def _once(operations: Iterable[Operation]) -> list[Operation]:
    kept: dict[tuple[object, ...], Operation] = {}
    for each in operations:
        kept.setdefault(
            (
                each.party,
                each.method,
                each.url,
                each.form and each.form.button,
                each.names,
                each.label if each.source == "graphql" else "",
            ),
            each,
        )
    return list(kept.values())


async def _sources(
    people: People, crawl: Crawl, party: str, acting: Acting, found: Learned
) -> tuple[str, ...]:
    """Take what scripts, documents and recordings offer; gives the addresses that they show."""
    views: list[str] = []
    told = await learned(people, crawl, party)
    username = _username(people, party)
    for shown in told.shown:
        if shown.answer.exchange.status != 200:
            continue
        url = shown.call.url
        if shown.call.method != "GET":
            if not (shown.call.reads and shown.answer.exchange.media_type.endswith("json")):
                continue
            asks = plain(shown.call.body[:_LONGEST_QUESTION].decode("utf-8", "replace"))
            url = f"{url}#{asks.replace(' ', '-')}"
            acting.questions[url] = shown.call
        views.append(url)
        found.take(party, username, url, Page(url, shown.answer).data)
    found.operations += [of_offer(each) for each in told.offered if not each.call.reads]
    return tuple(views)

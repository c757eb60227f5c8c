"""What each party is offered to write and where it reads, from its own pages and from the portal's documents. Raw."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launchready.collect.people import People
from launchready.collect.reach.sources import learned
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.operations import Operation, in_page, of_offer, route
from launchready.collect.wording import plain
from launchready.evidence.access import ANONYMOUS
from launchready.evidence.http import Crawl

_PAGES_PER_SHAPE = 2
"""Of one template: what is offered may depend on the state of the record."""
_MOST_VIEWS = 120
_AT_ONCE = 8
_LONGEST_QUESTION = 300
_NO_NOUNS = frozenset("api rest json backend service services www app new create add".split())


@dataclass(slots=True)
class Learned:
    """All of it.

    Attributes:
        operations: each as one party is offered it; of documents that name nobody, with an empty party.
        views: addresses that a party is shown, raw: pages and JSON without ids first.
    """

    operations: list[Operation] = field(default_factory=list)
    views: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def offered_to(self, template: str) -> frozenset[str]:
        """Parties that are offered an operation of this template; an empty name where a document offers it."""
        return frozenset(each.party for each in self.operations if each.template() == template)

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
    """Read again what the crawl saw, a few pages of each template, as each party."""
    found = Learned()
    for name in sorted(acting.parties):
        pages, views = _of_crawl(people, crawl, name)
        for at in range(0, len(pages), _AT_ONCE):
            for read in await acting.look_all(name, pages[at : at + _AT_ONCE]):
                if read is not None and read.status == 200:
                    found.operations += in_page(read, name)
        if name != ANONYMOUS:
            found.operations += await _sources(people, crawl, name, views, acting)
        ordered = sorted(views, key=lambda url: ("{}" in route(url), len(url), url))
        found.views[name] = tuple(ordered)[:_MOST_VIEWS]
    found.operations = _once(found.operations)
    return found


def _of_crawl(people: People, crawl: Crawl, name: str) -> tuple[tuple[str, ...], dict[str, None]]:
    """Pages to read for what they offer, and all addresses that show something; raw."""
    raw = people.wire.http.address_of
    shapes: Counter[str] = Counter()
    pages: list[str] = []
    views: dict[str, None] = {}
    for page in sorted(crawl.seen_by(name), key=lambda each: each.url):
        told = page.exchange.is_html or page.exchange.media_type.endswith("json")
        if page.exchange.status == 200 and page.source != "probe" and told:
            shapes[page.shape] += 1
            if shapes[page.shape] <= _PAGES_PER_SHAPE:
                views[raw(page.url)] = None
                if page.exchange.is_html or not urlsplit(page.url).query:
                    pages.append(raw(page.url))
    return tuple(pages), views


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
    people: People, crawl: Crawl, party: str, views: dict[str, None], acting: Acting
) -> list[Operation]:
    """What scripts, documents and recordings offer; what they show goes to the views."""
    told = await learned(people, crawl, party)
    for shown in told.shown:
        if shown.answer.exchange.status != 200:
            continue
        if shown.call.method == "GET":
            views.setdefault(shown.call.url)
        elif shown.call.reads and shown.answer.exchange.media_type.endswith("json"):
            about = plain(shown.call.body[:_LONGEST_QUESTION].decode("utf-8", "replace"))
            key = f"{shown.call.url}#{about.replace(' ', '-')}"
            acting.questions[key] = shown.call
            views.setdefault(key)
    return [of_offer(each) for each in told.offered if not each.call.reads]

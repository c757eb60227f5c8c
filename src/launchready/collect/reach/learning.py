"""Each party's own calls, asked again for what the walk did not keep of them."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from launchready.collect.people import People
from launchready.collect.people.protected import NEVER
from launchready.collect.reach.asking import Asking
from launchready.collect.reach.belonging import TENANTS
from launchready.collect.reach.call import Call
from launchready.collect.reach.places import never, places, with_header
from launchready.collect.reach.reading import read
from launchready.collect.reach.sources import Learned, learned
from launchready.collect.reach.templates import Template, Templates, query_of
from launchready.collect.reach.views import Sample, View, ids_of
from launchready.collect.wording import address_says
from launchready.errors import StoreError
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS
from launchready.evidence.http import Crawl, Page
from launchready.site.identities import Identity
from launchready.wire import Touch

_EACH, _TITLED = 2, 4
"""Calls of one template that are asked again; more where a section may be among them."""
_MOST_PUBLIC = 60
_SHORTEST_NAME = 4
_OFFERS = frozenset(("start", "link", "form", "load", "browser"))
_ASSETS = ("text/css", "font/", "application/wasm", "application/manifest+json")


@dataclass(frozen=True)
class Wanted:
    """One call of a party: how it came to know it, and what it was answered then (a fingerprint; empty: ask twice)."""

    call: Call
    source: str
    digest: str


def wanted_of(crawl: Crawl, party: str, address_of: Mapping[str, str]) -> list[Wanted]:
    """The pages that a party was given on its walk, as calls that read."""
    ended = {address_of[url] for url in crawl.signs_out}
    public = {
        page.url for page in crawl.seen_by() if page.exchange.status < 300 and not page.exchange.is_html
    }
    return [
        Wanted(Call("GET", address_of[page.url]), page.source, page.exchange.digest)
        for page in crawl.seen_by(party)
        if _is_content(page)
        and (party == ANONYMOUS or page.url not in public or page.exchange.media_type.endswith("json"))
        and address_of[page.url] not in ended
        and not address_says(address_of[page.url])
    ]


def _is_content(page: Page) -> bool:
    media_type = page.exchange.media_type
    return (
        page.source not in ("probe", "sitemap")
        and 200 <= page.exchange.status < 300
        and page.url.startswith("https://")
        and not media_type.startswith(_ASSETS)
        and "javascript" not in media_type
    )


class Learning:
    """Asks everybody's own calls again.

    Attributes:
        unlooked: (what, why) where we could not look.
        beyond: by party, calls that it was answered, each with one that leads on from there.
    """

    def __init__(self, people: People, crawl: Crawl, identities: Iterable[Identity], asking: Asking) -> None:
        self._people = people
        self._crawl = crawl
        self._asking = asking
        self._identities = {each.name: each for each in identities}
        address_of = people.wire.http.address_of
        shown = {page.url for page in crawl.pages} | {*crawl.signs_out}
        raw = {url: address_of(url) for url in shown}
        self._wanted = {
            party: wanted_of(crawl, party, raw) for party in (ANONYMOUS, *sorted(self._identities))
        }
        self.unlooked: list[tuple[str, Missing]] = []
        self.beyond: dict[str, list[tuple[Call, Call]]] = {}

    async def views(self) -> tuple[dict[str, View], Templates]:
        """What each party is shown, and the templates of it all.

        Raises:
            StoreError: the journal cannot be written.
        """
        await self._take_sources()
        known = {party: [each.call.url for each in wanted] for party, wanted in self._wanted.items()}
        tenants = {name: each.tenant for name, each in self._identities.items()}
        headers = await self._telling_headers()
        templates = Templates(known, tenants=tenants, headers=headers)
        chosen = {party: _chosen(wanted, templates) for party, wanted in self._wanted.items()}
        chosen[ANONYMOUS] = chosen[ANONYMOUS][:_MOST_PUBLIC]
        nowhere = [
            (party, Call("GET", origin + NEVER))
            for party, wanted in chosen.items()
            for origin in sorted({_origin(each.call.url) for each in wanted})
        ]
        calls = [(party, each.call) for party, wanted in chosen.items() for each in wanted]
        await self._asking.all([*nowhere, *calls], Touch.SIGN_IN)
        again = [
            (party, each.call)
            for party, wanted in chosen.items()
            for each in wanted
            if (first := self._asking.got(party, each.call)) and first.exchange.digest != each.digest
        ]
        await self._asking.all(again, Touch.SIGN_IN, turn=1)
        # What answers lead to tells titles from sections better than the walk alone.
        records: set[str] = set()
        for party, call in calls:
            if first := self._asking.got(party, call):
                known[party] += first.links
                records.update(first.records)
        templates = Templates(known, sorted(records), tenants, headers)
        nothing: defaultdict[str, frozenset[bytes]] = defaultdict(frozenset)
        for party, call in nowhere:
            if found := self._asking.got(party, call):
                nothing[party] |= found.pieces
        views = {p: self._view(p, wanted, templates, nothing[p]) for p, wanted in chosen.items()}
        return views, templates

    async def _telling_headers(self) -> frozenset[str]:
        """Names of headers by which pages say whose records they ask for.

        Each identity's pages send one value, and not all the same; and it is called like that, or with a value that nobody
        has the answer is another. What only says which program asks, or numbers its requests, is no id.
        """
        values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        example: dict[str, tuple[str, Call]] = {}
        for party in sorted(self._identities):
            for wanted in self._wanted[party]:
                for place in places(wanted.call):
                    if place.where == "header":
                        values[place.key.lower()][party].add(place.value)
                        example.setdefault(place.key.lower(), (party, wanted.call))
        one_each = {name for name, found in values.items() if all(len(each) == 1 for each in found.values())}
        differ = {name for name in one_each if len(frozenset().union(*values[name].values())) > 1}
        if self._people.wire.gate.consent < Touch.PROBE:
            return frozenset(differ)
        asked: dict[str, tuple[str, Call, Call]] = {}
        for name in sorted(differ):
            party, call = example[name]
            (value,) = values[name][party]
            asked[name] = party, call, with_header(call, name, never(value))
        pairs = [(party, each) for party, *calls in asked.values() for each in calls]
        await self._asking.all(pairs, Touch.PROBE)
        unlike = {name for name, (party, *calls) in asked.items() if self._is_unlike(party, *calls)}
        return frozenset(name for name in differ if name in unlike or TENANTS.search(name))

    def _is_unlike(self, party: str, one: Call, other: Call) -> bool:
        first, second = self._asking.got(party, one), self._asking.got(party, other)
        return first is not None and second is not None and first.pieces != second.pieces

    async def _take_sources(self) -> None:
        """Add what scripts of pages ask, and what documents describe."""
        names = sorted(self._identities)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(learned(self._people, self._crawl, name)) for name in names]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        for name, task in zip(names, tasks, strict=True):
            self._take(name, task.result())
        heard_out = frozenset[str]().union(*(task.result().heard_out for task in tasks))
        untried = (each for task in tasks for each in task.result().untried if each[0] not in heard_out)
        self.unlooked += dict.fromkeys(untried)

    def _take(self, party: str, found: Learned) -> None:
        for shown in found.shown:
            if not shown.call.reads or not 200 <= shown.answer.exchange.status < 300:
                continue
            call = replace(shown.call, source="link")
            if shown.answer.body:  # a browser does not hand on all that it gets; the rest is asked again
                self._asking.keep(party, call, read(shown.answer, call.url))
            self._wanted[party].append(Wanted(call, shown.call.source, ""))
        self.beyond[party] = [(replace(call, source="link"), further) for call, further in found.beyond]
        if not any(each.source in _OFFERS for each in self._wanted[party]):
            self.unlooked += found.unlooked
        elif found.unwalked is not None and self._do_scripts_ask(party):
            self.unlooked.append((party, found.unwalked))

    def _do_scripts_ask(self, party: str) -> bool:
        """Whether scripts may ask for what nothing else names; what a recording holds is told by that."""
        if self._people.site.authz.har or self._people.site.authz.postman:
            return False
        return any(page.scripts_ask for page in self._crawl.pages if page.who in (ANONYMOUS, party))

    def _view(
        self, party: str, wanted: Iterable[Wanted], templates: Templates, nothing: frozenset[bytes]
    ) -> View:
        identity = self._identities.get(party)
        view = View(party, _names(identity) if identity else (), nothing=nothing)
        offered = {templates.of(each.call) for each in self._wanted[party] if each.source in _OFFERS}
        for each in wanted:
            first = self._asking.got(party, each.call)
            if first is None or not first.is_given or (first.pieces and first.pieces <= nothing):
                continue  # also where any address is answered with the same shell of an application
            template, ids = templates.of(each.call), ids_of(templates.slots(each.call))
            second = self._asking.got(party, each.call, 1)
            sample = Sample(party, each.call, template, ids, first, second, each.source)
            view.take(sample, templates, offered=template in offered)
        return view


def _chosen(wanted: Iterable[Wanted], templates: Templates) -> list[Wanted]:
    """A few of each template, far apart from each other; of GraphQL of each query, as each shows something else."""
    by_template: defaultdict[tuple[Template, str], list[Wanted]] = defaultdict(list)
    for each in wanted:
        by_template[templates.of(each.call), query_of(each.call.body)].append(each)
    found: list[Wanted] = []
    for (template, _), calls in sorted(by_template.items()):
        told = [each for each in calls if any(slot.where == "header" for slot in templates.slots(each.call))]
        ordered = sorted(told or calls, key=lambda each: (len(each.call.url), each.call.url, each.call.body))
        most = _TITLED if template.titled else _EACH
        step = max(1, (len(ordered) - 1) / max(1, most - 1))
        picked = dict.fromkeys(round(at * step) for at in range(most))
        found += [ordered[at] for at in picked if at < len(ordered)]
    return found


def _names(identity: Identity) -> tuple[str, ...]:
    """What tells in an answer that it is about this identity."""
    names = (identity.username.casefold(), identity.tenant.casefold())
    return tuple(sorted({name for name in names if len(name) >= _SHORTEST_NAME}))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

"""Which secrets does the portal hand out in its scripts, their source maps, its pages and its answers in JSON?"""

import asyncio
from collections import Counter, defaultdict
from urllib.parse import urlsplit

from launchready.collect._gathering import Gathering
from launchready.collect.addresses import host_of, resolve
from launchready.collect.charset import decoded
from launchready.collect.people import People
from launchready.collect.serving import source_maps
from launchready.collect.serving.scripts import named
from launchready.collect.serving.surfaces import ANSWER, MAP, PAGE, SCRIPT, is_script, surfaces
from launchready.collect.serving.texts import STRANGER, Reading, Text
from launchready.collect.serving.whose import DEPLOYED, Sighting, Whose
from launchready.detect import Found
from launchready.evidence import Missing
from launchready.evidence.http import Crawl
from launchready.evidence.redact import subject
from launchready.evidence.secrets import Gap, Place, Search
from launchready.evidence.served import ServedSecrets
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire

_MOST_SCRIPTS = 200
"""Scripts asked beside those that the crawl saw."""
_ROUNDS = 3
"""A script that a page names may name others, and these others again."""
_MOST_MAPS = 200
_READ = {PAGE: "pages", SCRIPT: "scripts", ANSWER: "answers in JSON", MAP: "source files in source maps"}


async def served_secrets(wire: Wire, site: Site, people: People, crawl: Crawl) -> ServedSecrets:
    """Search what the crawl was given, as a stranger and as each identity, and the scripts and source maps it names."""
    serving = _Serving(wire, site, people)
    search = await serving.search(crawl)
    return ServedSecrets(search, crawl.third_parties, tuple(sorted(serving.own.items())))


class _Serving:
    """One search.

    Attributes:
        own: what visitors were given of their own, counted by kind.
    """

    def __init__(self, wire: Wire, site: Site, people: People) -> None:
        self._wire, self._site, self._people = wire, site, people
        self._reading = Reading(wire, site, people)
        self._read: Counter[str] = Counter()
        self._public = Counter[str]()
        self.own = Counter[str]()
        self._found: dict[bytes, tuple[Found, ...]] = {}

    async def search(self, crawl: Crawl) -> Search:
        """All of it."""
        texts = await self._reading.crawled(crawl)
        texts += await self._further_scripts(texts)
        # What an error answer holds is told of error answers; the scripts that it names are read all the same.
        regular = [text for text in texts if text.exchange.status < 400]
        sightings = [each for text in regular for each in await self._in_text(text)]
        sightings += await self._in_maps(texts)
        gathering = await self._settled(sightings, texts)
        return Search(
            engine=self._wire.detector.engine,
            searched=(*((_READ[what], self._read[what]) for what in _READ), ("bytes", self._read["bytes"])),
            secrets=gathering.secrets(),
            public=tuple(sorted(self._public.items())),
            gaps=tuple(sorted(set(self._reading.gaps), key=lambda each: (each.where, each.why.detail))),
        )

    async def _find(self, data: bytes, path: str, kind: str, where: str) -> tuple[Found, ...]:
        """The secrets in a text; equal texts are read once."""
        if data not in self._found:
            reading = await asyncio.to_thread(self._wire.detector.read, data, path)
            self._found[data] = reading.found
            self._read[kind] += 1
            self._read["bytes"] += len(data)
            self._public.update(dict(reading.public))
            if reading.cut:
                why = Missing(Cause.NOT_COLLECTED, f"incomplete: {reading.cut}", "look into it by hand")
                self._reading.gaps.append(Gap(where, why))
        return self._found[data]

    async def _in_text(self, text: Text) -> list[Sighting]:
        parts = surfaces(text.body, text.exchange)
        found = await self._find(
            source_maps.without_inline_map(text.body), text.name, parts.usual, text.where
        )
        return [Sighting(each, text, parts.at(each.start)) for each in found]

    async def _further_scripts(self, texts: list[Text]) -> list[Text]:
        """Scripts that pages and scripts name and the crawl did not ask: it asks few of each kind."""
        known = {text.url for text in texts}
        found: list[Text] = []
        newest = texts
        for _ in range(_ROUNDS):
            wanted: dict[str, str] = {}
            for text in newest:
                if text.exchange.is_html or is_script(text.exchange):
                    said = decoded(text.body, next(iter(text.exchange.values("content-type")), ""))
                    for url in named(said, text.url, html=text.exchange.is_html):
                        if url not in known and self._is_ours(url):
                            wanted.setdefault(url, text.who)
            room = _MOST_SCRIPTS - len(known) + len(texts)
            if len(wanted) > room:
                self._too_many(f"{len(wanted) - room} scripts")
            known.update(wanted)
            newest = [
                text
                for text in await self._reading.ask_all(list(wanted.items())[: max(room, 0)])
                if text.exchange.status < 300 and not text.exchange.is_html
            ]
            found += newest
        return found

    async def _in_maps(self, texts: list[Text]) -> list[Sighting]:
        """Secrets in the sources of maps: of those that scripts name or hold, and of those just beside them."""
        found: list[Sighting] = []
        wanted: dict[str, str] = {}
        for text in texts:
            is_sheet = text.exchange.media_type == "text/css"
            if text.exchange.status >= 300 or not (is_script(text.exchange) or is_sheet):
                continue
            header = next((v for n in ("sourcemap", "x-sourcemap") for v in text.exchange.values(n)), "")
            address = source_maps.reference(text.body, header)
            if (inline := source_maps.inline(address)) is not None:
                found += await self._in_map(text, inline)
            elif address or not is_sheet:
                url = (
                    resolve(text.url, address)
                    if address
                    else urlsplit(text.url)._replace(query="").geturl() + ".map"
                )
                if self._is_ours(url):
                    wanted.setdefault(url, text.who)
        if len(wanted) > _MOST_MAPS:
            self._too_many(f"{len(wanted) - _MOST_MAPS} source maps")
        for text in await self._reading.ask_all(list(wanted.items())[:_MOST_MAPS]):
            if text.exchange.status < 300 and not text.exchange.is_html:
                found += await self._in_map(text, text.body)
        return found

    async def _in_map(self, text: Text, body: bytes) -> list[Sighting]:
        found: list[Sighting] = []
        for source in source_maps.sources(body) or ():
            finds = await self._find(source.text, source.path, MAP, text.where)
            found += (Sighting(each, text, MAP, source.path) for each in finds)
        return found

    async def _settled(self, sightings: list[Sighting], texts: list[Text]) -> Gathering:
        """Secrets that were deployed; those of visitors are only counted."""
        values: defaultdict[str, list[Sighting]] = defaultdict(list)
        for each in sightings:
            values[each.found.value].append(each)
        whose = Whose(self._reading, self._people, sightings, texts)
        gathering = Gathering(self._wire.redact, self._wire.key_providers.remember)
        for sighted in values.values():
            owner = await whose.of(sighted)
            if isinstance(owner, Missing):
                first = sighted[0]
                why = Missing(owner.cause, f"{first.found.kind} or not: {owner.detail}", owner.settle_by)
                self._reading.gaps.append(Gap(first.text.where, why))
            elif owner != DEPLOYED:
                self.own[owner] += 1
            else:
                for each in _told(sighted):
                    gathering.add(each.found, _place(each))
        return gathering

    def _is_ours(self, url: str) -> bool:
        return url.startswith("https://") and self._site.in_scope(host_of(url))

    def _too_many(self, what: str) -> None:
        why = Missing(
            Cause.NOT_COLLECTED,
            f"{what} more than one run reads were left out",
            "search the build folder too",
        )
        self._reading.gaps.append(Gap(subject(self._site.portal.url), why))


def _told(sightings: list[Sighting]) -> list[Sighting]:
    """What strangers are given is told once; it goes without saying that others are given it too."""
    open_to_all = {each.text.url for each in sightings if each.text.who == STRANGER}
    return [each for each in sightings if each.text.who == STRANGER or each.text.url not in open_to_all]


def _place(sighting: Sighting) -> Place:
    where = sighting.text.where + (f" ({sighting.source})" if sighting.source else "")
    return Place(
        surface=sighting.surface,
        where=where,
        line=sighting.found.line,
        view=sighting.found.view,
        who=sighting.text.who,
    )

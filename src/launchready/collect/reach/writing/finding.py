"""Where a record of ours stands, once it is made: by its mark, in what its owner is shown. Raw."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.alike import moved, renamed
from launchready.collect.reach.writing.beside import is_only_mentioned
from launchready.collect.reach.writing.canary import KEYS, Canary, ids_in, shows
from launchready.collect.reach.writing.learning import Learned, nouns, stem
from launchready.collect.reach.writing.never import removes
from launchready.collect.reach.writing.operations import Operation, in_page, route
from launchready.collect.reach.writing.rows import named_in, names_of, row_of
from launchready.collect.wording import address_says
from launchready.wire.http import Answer

_MOST_VIEWS = 6
"""Lists looked at before all others, where a new record is likely to stand."""
_MOST_RECORD_PAGES = 4
_MOST_CANDIDATES = 12
_CREATED = 201
_SURELY = 2
"""As `never.removes` has it: its words say so, or its method."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Looks for records as their owners."""

    acting: Acting
    learned: Learned

    def lists_of(self, party: str, creation: Operation) -> tuple[str, ...]:
        """This party's views that are likely to show a new record: of the same thing first."""
        about = nouns(creation)
        folder = creation.page or creation.url
        near = (
            [folder, urljoin(folder, "."), urljoin(folder, ".").rstrip("/")]
            if creation.page
            else [creation.url]
        )
        near = [url for url in near if len(urlsplit(url).path) > 1]
        known = [url for url in self.learned.views.get(party, ()) if "{}" not in route(url)]
        fitting = [url for url in known if about & _words(url)]
        return tuple(dict.fromkeys((*fitting, *near)))[:_MOST_VIEWS]

    async def find(
        self,
        canary: Canary,
        party: str,
        before: frozenset[str],
        sent: tuple[Answer, ...] = (),
        *,
        everywhere: bool = True,
    ) -> None:
        """Where this party sees it: its lists, and what is new on them.

        Args:
            canary: it; what is found is kept in it.
            party: who looks; addresses are kept if that is its owner.
            before: addresses that this party's lists named before it was made.
            sent: how making it was answered, if it was this party that did.
            everywhere: look at all that its owner is shown, where it stands in none of those.
        """
        candidates = self._from_answer(canary, sent)
        await self._in_lists(canary, party, self.lists_of(party, canary.creation), before, candidates)
        candidates |= dict.fromkeys(self._by_document(canary))
        for url in list(candidates)[:_MOST_CANDIDATES]:
            if url in canary.lists or url in canary.own or address_says(url):
                continue
            page = await self.acting.look(party, url)
            if page is None or page.status != 200 or not shows(page, canary.mark):
                continue
            if is_only_mentioned(page, canary.mark):
                continue
            ids = set(ids_in(url, before))
            if ids and _without(url, ids) in canary.lists:
                continue  # the list shows it too: the parameter says how it was made, not which it is
            canary.ids |= ids
            canary.read(page)
            if party == canary.owner and len(canary.own) < _MOST_RECORD_PAGES:
                (canary.own if ids else canary.lists).setdefault(url)
        if everywhere and party == canary.owner and not canary.views:
            everything = self.learned.views.get(party, ())
            await self._in_lists(canary, party, everything, before, candidates)

    async def _in_lists(
        self,
        canary: Canary,
        party: str,
        urls: tuple[str, ...],
        before: frozenset[str],
        candidates: dict[str, None],
    ) -> None:
        """Look for it in these, and for where it may have an address of its own."""
        for url, page in zip(urls, await self.acting.look_all(party, urls), strict=True):
            if page is not None and shows(page, canary.mark):
                if party == canary.owner:
                    canary.lists.setdefault(url)
                candidates |= dict.fromkeys(self._from_list(canary, page, before))

    async def where_removed(self, canary: Canary) -> list[Page]:
        """Pages that show it to its owner and from which others are removed: controls may stand on some lists only."""
        owner = canary.owner
        known = {*canary.views, *self.lists_of(owner, canary.creation)}
        offered = (
            each for each in self.learned.operations if each.party == owner and removes(each) >= _SURELY
        )
        pages = dict.fromkeys(each.page for each in offered if each.from_page and each.page not in known)
        urls = tuple(pages)[:_MOST_CANDIDATES]
        found = [
            page
            for page in await self.acting.look_all(owner, urls)
            if page is not None and page.status == 200 and shows(page, canary.mark)
        ]
        for page in found:
            for _ in self._from_list(canary, page, canary.before):
                pass  # what its row names is kept in the canary
        return found

    async def find_alike(
        self, canary: Canary, like: Canary, before: frozenset[str], sent: tuple[Answer, ...]
    ) -> bool:
        """Find a record by what is known of an earlier one, whose one id has another value here.

        It may be another party's: what the maker of the earlier one is offered for that, this one is for its own.
        """
        if len(like.ids) != 1:
            return False
        candidates = self._from_answer(canary, sent)
        before |= self.learned.links.get(canary.owner, set())
        old = next(iter(like.ids))
        shapes = {route(url, like.ids) for url in like.own}
        if len(canary.ids | _named(candidates, shapes)) != 1:
            for url in list(like.lists)[:1]:
                page = await self.acting.look(canary.owner, url)
                if page is not None and shows(page, canary.mark):
                    candidates |= dict.fromkeys(self._from_list(canary, page, before))
        canary.unsteady |= like.unsteady
        canary.ids |= _named(candidates, shapes)
        if len(canary.ids) != 1 or not shapes:
            canary.ids.clear()
            return False
        new = next(iter(canary.ids))
        own = [renamed(url, old, new) for url in like.own]
        page = await self.acting.look(canary.owner, own[0])
        if page is None or not shows(page, canary.mark):
            canary.ids.clear()
            return False
        canary.own, canary.lists = dict.fromkeys(own), dict(like.lists)
        canary.record = {
            **like.record,
            **{k: new for k, v in like.record.items() if str(v) == old and k in KEYS},
        }
        canary.ids_at = {
            renamed(url, old, new): {new if each == old else each for each in ids}
            for url, ids in like.ids_at.items()
        }
        canary.operations = [
            replace(
                moved(each, old, new, like.mark, canary.mark),
                party=canary.owner if each.party == like.made_by else each.party,
            )
            for each in like.operations
        ]
        return True

    async def shown_in(self, canary: Canary, party: str, urls: tuple[str, ...]) -> tuple[bool, bool]:
        """Whether any of these shows it to a party, and whether all of them were answered."""
        pages = await self.acting.look_all(party, urls)
        shown = any(page is not None and shows(page, canary.mark) for page in pages)
        return shown, all(page is not None and not page.answer.exchange.is_not_now for page in pages)

    async def look_before(self, canary: Canary, urls: tuple[str, ...]) -> None:
        """Note what these lists name for its owner while it is not there yet."""
        owner = canary.owner
        known = {*self.learned.views.get(owner, ()), *self.learned.links.get(owner, ()), *urls}
        for url, page in zip(urls, await self.acting.look_all(owner, urls), strict=True):
            if page is not None:
                known |= {link.url for link in page.links} | {each.url for each in in_page(page, owner)}
                canary.named[url] = named_in(page)
        canary.before = frozenset(known)

    def _from_answer(self, canary: Canary, sent: tuple[Answer, ...]) -> dict[str, None]:
        """Where the answer to making it leads, or says that it is."""
        found: dict[str, None] = {}
        here = canary.creation.url
        for answer in sent:
            page = Page(here, answer)
            data = page.data if isinstance(page.data, dict) and page.status < 400 else {}
            for record in (data, *(value for value in data.values() if isinstance(value, dict))):
                canary.take(record)
                found |= dict.fromkeys(_below(here, record))
            if answer.location:
                found.setdefault(answer.location)
            made = next((value for name, value in answer.headers if name.lower() == "location"), "")
            if page.status == _CREATED and made:
                found.setdefault(urljoin(here, made))
        return found

    def _from_list(self, canary: Canary, page: Page, before: frozenset[str]) -> Iterator[str]:
        """Where it may be: new links of its row, and what its own JSON says."""
        row = row_of(page, canary.mark, before)
        yield from (link.url for link in page.links if link.url in row.urls)
        if before and len(row.ids) == 1:  # a record without a page of its own has its controls in the list
            acts = {each.url for each in in_page(page, canary.owner)} & row.urls
            canary.acts |= acts
            canary.ids |= row.ids if acts else frozenset()
        own = canary.read(page)
        if named_in(page) - canary.named.get(page.url, named_in(page)) - row.names - names_of(own):
            canary.unsteady.add(page.url)
        for record in own:
            yield from _below(page.url.partition("?")[0], record)
            for value in record.values():
                if (
                    isinstance(value, str)
                    and value.startswith(("/", "https://", "http://"))
                    and " " not in value
                ):
                    yield urljoin(page.url, value)

    def _by_document(self, canary: Canary) -> Iterator[str]:
        """Where its kind is read one by one, as other addresses of its owner's have it."""
        about = nouns(canary.creation)
        for url in self.learned.views.get(canary.owner, ()):
            segments = urlsplit(url).path.split("/")
            if "{}" in route(url).rpartition("/")[2] and len(segments) > 2 and stem(segments[-2]) in about:
                for value in sorted(canary.ids):
                    yield urlsplit(url)._replace(path="/".join([*segments[:-1], value]), query="").geturl()


def _named(urls: Iterable[str], shapes: Collection[str]) -> set[str]:
    """What names a record in those addresses that have one of these shapes."""
    return {each for url in urls for each in ids_in(url) if route(url, {each}) in shapes}


def _without(url: str, values: Collection[str]) -> str:
    """The address without parameters that have one of these values; empty where it has none."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if value not in values]
    return parts._replace(query=urlencode(kept), fragment="").geturl() if len(kept) < len(pairs) else ""


def _words(url: str) -> frozenset[str]:
    parts = urlsplit(url)
    return frozenset(stem(word) for word in (*parts.path.split("/"), *parts.fragment.split("-")) if word)


def _below(folder: str, record: Mapping[str, Any]) -> Iterator[str]:
    """Where REST has a record of a list."""
    for value in (record.get(key) for key in KEYS):
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield f"{folder.rstrip('/')}/{value}"

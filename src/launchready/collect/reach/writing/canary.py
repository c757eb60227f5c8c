"""One record of ours, and what is known of it. Pure; raw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from launchready.collect.people.pages import Page
from launchready.collect.reach.call import Call
from launchready.collect.reach.places import places
from launchready.collect.reach.writing.learning import nouns, stem
from launchready.collect.reach.writing.never import is_token, says_removal
from launchready.collect.reach.writing.objects import objects_in
from launchready.collect.reach.writing.operations import Operation, route
from launchready.evidence.http import Exchange

KEYS = ("id", "uuid", "guid", "_id", "key", "slug", "number", "code", "reference", "ref")
"""Fields of JSON that name a record."""
_MOST_SEEN = 2


@dataclass(slots=True)
class Canary:
    """One record of ours.

    Attributes:
        owner: who made it.
        mark: stands in all texts that were ever written to it.
        creation: how it was made.
        ids: what names it in addresses and bodies; `record` holds them by key, of JSON.
        own: addresses that are about it alone, as its owner is shown them.
        lists: addresses of the owner's that show it among others.
        operations: writes that are about it, each as one party is offered it.
        acts: addresses that controls send to since it is there, and before it was not.
        ids_at: what names it in lists of JSON, by their address.
        shown_at: addresses at which it was looked for, and whether it was there.
        before: addresses that its owner's lists named when it was not there yet.
        named: what each of these lists named then, by its address.
        unsteady: lists that name other records each time: nothing follows from what they show.
        elsewhere: writes that such pages offer for others of its kind, and its own pages not for it.
        made_by: who sent what made it; the owner changes where a record is given away.
        sent: how making it was answered.
        removed: seen to be gone.
    """

    owner: str
    mark: str
    creation: Operation
    ids: set[str] = field(default_factory=set)
    record: dict[str, Any] = field(default_factory=dict)
    own: dict[str, None] = field(default_factory=dict)
    lists: dict[str, None] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)
    acts: set[str] = field(default_factory=set)
    ids_at: dict[str, set[str]] = field(default_factory=dict)
    shown_at: dict[str, bool] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    unsteady: set[str] = field(default_factory=set)
    elsewhere: list[Operation] = field(default_factory=list)
    made_by: str = ""
    sent: Exchange | None = None
    writes: int = 0
    removed: bool = False
    says: str = ""

    def __post_init__(self) -> None:
        self.made_by = self.made_by or self.owner

    @property
    def nouns(self) -> frozenset[str]:
        """What kind of thing it is: the words before its id, else those of the operation that made it."""
        found = set()
        for url in self.own:
            segments = [each for each in urlsplit(url).path.split("/") if each]
            found |= {stem(a) for a, b in pairwise(segments) if b in self.ids}
        return frozenset(found - {"api"}) or nouns(self.creation)

    @property
    def kind(self) -> str:
        """The last word of the address that made it: what a list of such things is called."""
        made = nouns(self.creation)
        words = [stem(each) for each in urlsplit(self.creation.url).path.split("/")]
        return next((word for word in reversed(words) if word in made), "")

    @property
    def views(self) -> tuple[str, ...]:
        """Where its owner sees it, its own addresses first; the few that are looked at after each write."""
        steady = [url for url in self.lists if url not in self.unsteady]
        if not self.own:
            return tuple(steady or self.lists)[:_MOST_SEEN]
        return (*list(self.own)[:_MOST_SEEN], *steady[:1])

    @property
    def as_data(self) -> tuple[str, ...]:
        """Where JSON shows it, its own addresses first."""
        return tuple(url for url in (*self.own, *self.lists) if self.ids_at.get(_plain(url)))

    def text(self) -> str:
        """A further text to be written to it."""
        self.writes += 1
        return f"{self.mark}-{self.writes}"

    def is_subject_of(self, operation: Operation) -> bool:
        """Whether a control is about this record: its id in the address behind the right word, or in a hidden field."""
        if operation.url in self.acts:
            return True
        segments = [each for each in urlsplit(operation.url).path.split("/") if each]
        for at, each in enumerate(segments):
            if each in self.ids:
                before = [stem(word) for word in segments[:at]]
                if len(before) > 1 and says_removal(before[-1]):  # as in /orders/delete/17
                    return len(each) >= 8 or before[-2] in (*self.nouns, self.kind)
                return len(each) >= 8 or (bool(before) and before[-1] in self.nouns)
        named = [(f.name, f.value) for f in operation.fields if f.kind == "hidden" and not is_token(f)]
        named += parse_qsl(urlsplit(operation.url).query)
        return any(
            value in self.ids and (len(value) >= 8 or bool(self.nouns & (nouns(operation) | {stem(name)})))
            for name, value in named
        )

    def read(self, page: Page) -> list[dict[str, Any]]:
        """Learn from the JSON objects of an answer that hold the mark, and give them."""
        found = [each for each in objects_in(page.data) if self.mark in _own_text(each)]
        at = self.ids_at.setdefault(_plain(page.url), set())
        for each in found:
            self.take(each)
            named = next((each[key] for key in KEYS if isinstance(each.get(key), str | int)), None)
            at |= {str(named)} if named is not None else set()
        return found

    def take(self, record: Mapping[str, Any]) -> None:
        """Learn what names it, and what it holds, from a JSON object that is it."""
        for key in KEYS:
            value = record.get(key)
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                if self.mark not in str(value):
                    self.ids.add(str(value))
                self.record.setdefault(key, value)
        for key, value in record.items():
            self.record.setdefault(str(key), value)


def shows(page: Page, mark: str) -> bool:
    """Whether an answer holds the mark."""
    return page.status < 400 and mark.encode() in page.answer.body


def ids_in(url: str, before: frozenset[str] = frozenset()) -> Iterator[str]:
    """What in an address names a record: what looks like it, or is new; nothing that an earlier address has there too."""
    folders, words, parameters = _known(before)
    folder, is_new = "", False
    for segment in urlsplit(url).path.split("/")[1:]:
        folder += f"/{segment}"
        looks = route(f"https://h/{segment}") == "https://h/{}"
        is_title = bool(before) and not is_new and segment not in words
        if segment and folder not in folders and (looks or is_title):
            is_new = True
            yield segment
    for place in places(Call("GET", url)):
        if place.where == "query" and (place.key, place.value) not in parameters:
            yield place.value


@lru_cache(maxsize=64)
def _known(urls: frozenset[str]) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    """All folders, segments and parameters of these addresses."""
    folders: set[str] = set()
    words: set[str] = set()
    parameters: set[tuple[str, str]] = set()
    for url in urls:
        parts = urlsplit(url)
        segments = parts.path.split("/")[1:]
        words.update(segments)
        folders.update(accumulate(f"/{segment}" for segment in segments))
        parameters.update(parse_qsl(parts.query))
    return frozenset(folders), frozenset(words), frozenset(parameters)


def _plain(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/")


def _own_text(record: Mapping[str, Any]) -> str:
    return "\n".join(value for value in record.values() if isinstance(value, str))

"""Values for open places, out of what one party was answered itself: the ids of its own lists. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice, product
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.people.slots import slots_in, snake
from launchready.collect.reach.call import Call, Offered, Shown
from launchready.collect.reach.sources.open_slots import Value, filled, open_slots

_IDS = ("id", "uuid", "guid", "pk")
_NAMES = ("slug", "number", "key", "code", "ref", "reference", "name")
"""What names a record that has no id, or has one that its answer does not show."""
_BARE = frozenset(
    ("id", "uuid", "guid", "pk", "slug", "key", "number", "code", "ref", "reference", "name", "handle")
)
"""Names of places that say nothing of what is named; what stands before them in the address does."""
_ENDINGS = ("_id", "_uuid", "_guid", "_pk", "_slug", "_key", "_number", "_ref")
_MOST_DICTS = 2_000
_MOST_VALUES = 4
_LONGEST = 200


class _Place(IntEnum):
    """Where in an answer a record stands."""

    TOP = 0
    """It is what the answer is about."""
    PART = 1
    """In a list of another record: most likely a part of it."""
    MENTIONED = 2
    """Beside other values of another record, as its author: it may be anybody's."""


@dataclass(slots=True)
class Known:
    """What one party's answers hold that names its records. What they merely mention may be somebody else's.

    Attributes:
        records: values by what they name: ids as "order", other names as "order?", and by key too, as "order.slug".
        mentioned: values by the key they stand under; they count where there is but one, as that of one's own tenant.
    """

    records: dict[str, dict[Value, None]] = field(default_factory=lambda: defaultdict(dict))
    mentioned: dict[str, dict[Value, None]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, shown: Shown) -> None:
        """Learn from one answer in JSON."""
        try:
            data = json.loads(shown.answer.body)
        except (ValueError, RecursionError):
            return
        stack: list[tuple[str, Any, _Place]] = [(_noun_of(urlsplit(shown.call.url).path), data, _Place.TOP)]
        looked = 0
        while stack and looked < _MOST_DICTS:
            noun, each, place = stack.pop()
            if isinstance(each, list):
                stack.extend((noun, inner, place) for inner in reversed(each[:50]))
            elif isinstance(each, dict):
                looked += 1
                named = self._record(noun, each, place)
                stack.extend(reversed(list(_inside(noun, each, place, named=named))))

    def _record(self, noun: str, record: dict[str, Any], place: _Place) -> bool:
        """Note what this object holds; whether it is a record."""
        spelt = {snake(str(key)): value for key, value in record.items() if _is_value(value)}
        for key, value in spelt.items():
            self.mentioned[key].setdefault(value)
        names = [key for key in (*_IDS, *_NAMES) if key in spelt]
        if not names:
            return False
        named, certain = spelt[names[0]], names[0] in _IDS
        if place is _Place.MENTIONED:
            self.mentioned[noun].setdefault(named)
            return True
        kind = record.get("__typename")
        nouns = {noun, snake(kind)} if place is _Place.TOP and isinstance(kind, str) else {noun}
        for each in nouns:
            self.records[each if certain else f"{each}?"].setdefault(named)
            for key, value in spelt.items():
                if key in _BARE:
                    self.records[f"{each}.{key}"].setdefault(value)
        return True

    def values(self, call: Call, name: str, *, names: bool = False) -> tuple[Value, ...]:
        """Values that this place of a call may take, the likeliest first; a few. With `names` also what is no id."""
        spelt = snake(name)
        noun = _noun_before(call.url, name) if spelt in _BARE else spelt
        for ending in _ENDINGS:
            noun = noun.removesuffix(ending)
        for key in (f"{noun}.{spelt}", noun, f"{noun}?" if names else ""):
            if found := self.records.get(key):
                return tuple(islice(found, _MOST_VALUES))
        if noun == "node":  # whatever has an id, as GraphQL calls it
            every = [next(iter(values)) for key, values in sorted(self.records.items()) if key.isidentifier()]
            return tuple(every[:_MOST_VALUES])
        for key in (spelt if spelt not in _BARE else "", f"{noun}_id", f"{noun}_uuid", noun):
            if len(found := self.mentioned.get(key, {})) == 1:
                return tuple(found)
        return ()


def _inside(
    noun: str, record: dict[str, Any], place: _Place, *, named: bool
) -> Iterator[tuple[str, Any, _Place]]:
    for key, value in record.items():
        if not isinstance(value, list | dict):
            continue
        inner = noun if snake(str(key)) in _WRAPPERS else _singular(snake(str(key)))
        where = place
        if named:
            where = max(place, _Place.PART if isinstance(value, list) else _Place.MENTIONED)
        yield inner, value, where


def completed(offered: Offered, known: Known, most: int, *, names: bool = False) -> Iterator[Call]:
    """The call with its places filled, up to so many times; as it is where it has none. Only what reads.

    Args:
        offered: the call.
        known: of whoever will make it.
        most: how many times.
        names: whether what is no id, as a slug or a number, may stand for a record that shows none.
    """
    if not offered.call.reads:
        return
    places = open_slots(offered.call)
    choices = [known.values(offered.call, place, names=names) for place in places]
    for values in islice(product(*choices), most):
        yield filled(offered.call, dict(zip(places, values, strict=True)))


def _is_value(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    text = str(value)
    return 0 < len(text) <= _LONGEST and not any(c.isspace() for c in text)


_NOT_NOUNS = frozenset(("graphql", "gql", "batch", "search", "query", "rpc", "api"))
_WRAPPERS = frozenset(
    "data items results records rows list content entries values edges node nodes hits result".split()
)


def _noun_of(path: str) -> str:
    """What an address is about: the last word of its path."""
    words = [snake(s) for s in path.split("/") if s and not any(map(str.isdigit, s)) and "{" not in s]
    return _singular(words[-1]) if words and words[-1] not in _NOT_NOUNS else ""


def _noun_before(url: str, name: str) -> str:
    """What the place in an address stands behind: order in /orders/{id}."""
    before = urlsplit(url).path.partition("{" + name + "}")[0]
    return _noun_of(before) if name in slots_in(url) else ""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word

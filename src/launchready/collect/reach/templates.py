"""Which calls are of one template, and what it is called: ids left out, so that the name is the same in each run. Pure."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.folders import Folders, Step
from launchready.collect.reach.places import Place, is_id, places, segment
from launchready.collect.shape import generalised

_SPLIT = re.compile(r"[^A-Za-z0-9]+")
_FIELD = re.compile(r"\{\s*(?:\w+\s*:\s*)?(\w+)")
_MANY = 3
"""So many titles in one folder are records, not sections."""
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True, order=True)
class Template:
    """Calls that differ by the ids in them.

    Attributes:
        name: as in `evidence.access.Route.name`.
        slots: as there.
        titled: whether records are told apart by words, so that a section may be mistaken for one.
    """

    name: str
    slots: tuple[str, ...] = field(default=(), compare=False)
    titled: bool = field(default=False, compare=False)

    @property
    def names_record(self) -> bool:
        """Whether an id stands in it; a header says whose records are asked for, of a list too."""
        return any(not slot.startswith("header ") for slot in self.slots)


class Templates:
    """Tells templates, from all addresses that are known and who knows them."""

    def __init__(
        self,
        known: Mapping[str, Iterable[str]],
        records: Iterable[str] = (),
        tenants: Mapping[str, str] | None = None,
        headers: Iterable[str] = (),
    ) -> None:
        """Learn which folders hold records under titles.

        Args:
            known: raw addresses by party.
            records: raw addresses of which it is known that their last segment is an id.
            tenants: of the parties that have one.
            headers: names, in lower case, of those that say whose records are asked for.
        """
        self._headers = frozenset(headers)
        known = {party: [*urls] for party, urls in known.items()}
        self._folders = Folders(known, tenants or {})
        below: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        inside: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for party, urls in known.items():
            for url in urls:
                steps = [*self._folders.steps(url)]
                for step in steps:
                    below[step.folder, step.ending][step.stem].add(party)
                for step, further in pairwise(steps):
                    if further.written and not is_id(further.stem):
                        inside[step.folder, step.stem].add(further.written)
        self._titled = {
            (folder, ending): _titles(stems, {stem: inside[folder, stem] for stem in stems})
            for (folder, ending), stems in below.items()
            if len(stems) > 1
        }
        for url in records:
            *_, last = self._folders.steps(url)
            where = (last.folder, last.ending)
            self._titled[where] = self._titled.get(where, frozenset()) | {last.stem}

    def of(self, call: Call) -> Template:
        """The template of a call."""
        slots = self.slots(call)
        titled = any(place.where == "path" and not is_id(place.value) for place in slots)
        return Template(self._name(call, slots), tuple(dict.fromkeys(s.words for s in slots)), titled)

    def slots(self, call: Call) -> tuple[Place, ...]:
        """The places of ids, titles of records included."""
        found = {
            (place.where, place.key): place
            for place in places(call)
            if place.where != "header" or place.key.lower() in self._headers
        }
        for at, step in enumerate(self._folders.steps(call.url)):
            if self._is_record(step):
                found[("path", str(at))] = segment(call, at)
        return tuple(found[key] for key in sorted(found))

    def _is_record(self, step: Step) -> bool:
        """Whether a segment names a record or a tenant, though it need not look like an id."""
        titles = self._titled.get((step.folder, step.ending), ())
        return step.stem in titles or (not step.ending and self._folders.is_tenants(step.folder, step.stem))

    def _name(self, call: Call, slots: Iterable[Place]) -> str:
        by_place = {(place.where, place.key): place for place in slots}
        path = []
        for at, step in enumerate(self._folders.steps(call.url)):
            if self._is_record(step):
                path.append("{}" + step.ending)
            elif ("path", str(at)) in by_place:
                path.append(generalised(step.stem) + step.ending)
            else:
                path.append(step.written)
        query = sorted(
            {
                f"{name}={{}}" if ("query", name) in by_place else name
                for name, _ in parse_qsl(urlsplit(call.url).query, keep_blank_values=True)
            }
        )
        name = f"{call.method} {_origin(call.url)}/{'/'.join(path)}" + (
            f"?{'&'.join(query)}" if query else ""
        )
        operation = _operation(call.body)
        return (name + (f" ({operation})" if operation else ""))[:_LONGEST_NAME]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _titles(stems: Mapping[str, set[str]], inside: Mapping[str, set[str]]) -> frozenset[str]:
    """Of the names in one folder those that are titles of records, or ids of unlike forms.

    Args:
        stems: the names, each with the parties that know it.
        inside: by name, the words that stand right below it.
    """
    numbered = {stem for stem in stems if is_id(stem)}
    forms = {generalised(stem) for stem in numbered}
    titles = {stem for stem in stems if stem not in numbered and len([*filter(None, _SPLIT.split(stem))]) > 1}
    titles -= _sections({title: inside[title] for title in titles if inside[title]})
    words = len(stems) - len(numbered) - len(titles)
    apart = len(titles) > 1 and not set.intersection(*(stems[stem] for stem in titles))
    if len(titles) < 2 or words > len(titles) or not (apart or len(titles) >= _MANY or numbered):
        titles = set()
    if titles or (len(forms) > 1 and any(form != "{}" for form in forms)):
        return frozenset(titles | numbered)
    return frozenset()


def _sections(inside: Mapping[str, set[str]]) -> set[str]:
    """Of these names those with much below that is below no other one: records of one kind have the same below them."""
    return {
        name
        for name, words in inside.items()
        if len(words) > 1
        and len(inside) > 1
        and all(2 * len(words & other) < len(words) for each, other in inside.items() if each != name)
    }


def query_of(body: bytes) -> str:
    """The text of a GraphQL request; empty for any other."""
    if body.lstrip()[:1] != b"{":
        return ""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    query = data.get("query") if isinstance(data, dict) else None
    return query if isinstance(query, str) and "{" in query else ""


def _operation(body: bytes) -> str:
    """What a GraphQL request asks for; empty for any other."""
    field = _FIELD.search(query_of(body))
    return field[1] if field else ""

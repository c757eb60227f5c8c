"""Which calls are of one template, and what it is called: ids left out, so that the name is the same in each run. Pure."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.places import Place, is_id, places, segment, segments
from launchready.collect.shape import generalised

_FILE = re.compile(r"(.+?)((?:\.[A-Za-z][A-Za-z0-9]{0,4}){1,2})")
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

    def __init__(self, known: Mapping[str, Iterable[str]], records: Iterable[str] = ()) -> None:
        """Learn which folders hold records under titles.

        Args:
            known: raw addresses by party.
            records: raw addresses of which it is known that their last segment is an id.
        """
        below: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for party, urls in known.items():
            for url in urls:
                origin, folder = _origin(url), ""
                for each in segments(url):
                    stem, ending = _apart(unquote(each))
                    below[origin + folder, ending][stem].add(party)
                    folder += "/" + ("{}" if is_id(stem) else each)
        self._titled = {where: _titles(stems) for where, stems in below.items() if len(stems) > 1}
        for url in records:
            origin, folder = _origin(url), ""
            *way, last = segments(url)
            for each in way:
                folder += "/" + ("{}" if is_id(each) else each)
            stem, ending = _apart(unquote(last))
            where = (origin + folder, ending)
            self._titled[where] = self._titled.get(where, frozenset()) | {stem}

    def of(self, call: Call) -> Template:
        """The template of a call."""
        slots = self.slots(call)
        titled = any(place.where == "path" and not is_id(place.value) for place in slots)
        return Template(self._name(call, slots), tuple(dict.fromkeys(s.words for s in slots)), titled)

    def slots(self, call: Call) -> tuple[Place, ...]:
        """The places of ids, titles of records included."""
        found = {(place.where, place.key): place for place in places(call)}
        origin, folder = _origin(call.url), ""
        for at, each in enumerate(segments(call.url)):
            stem, ending = _apart(unquote(each))
            if stem in self._titled.get((origin + folder, ending), ()):
                found[("path", str(at))] = segment(call, at)
            folder += "/" + ("{}" if is_id(stem) else each)
        return tuple(found[key] for key in sorted(found))

    def _name(self, call: Call, slots: Iterable[Place]) -> str:
        by_place = {(place.where, place.key): place for place in slots}
        origin, folder, path = _origin(call.url), "", []
        for at, each in enumerate(segments(call.url)):
            stem, ending = _apart(unquote(each))
            mixed = self._titled.get((origin + folder, ending), frozenset())
            if stem in mixed:
                path.append("{}" + ending)
            elif ("path", str(at)) in by_place:
                path.append(generalised(stem) + ending)
            else:
                path.append(each)
            folder += "/" + ("{}" if is_id(stem) else each)
        query = sorted(
            {
                f"{name}={{}}" if ("query", name) in by_place else name
                for name, _ in parse_qsl(urlsplit(call.url).query, keep_blank_values=True)
            }
        )
        name = f"{call.method} {origin}/{'/'.join(path)}" + (f"?{'&'.join(query)}" if query else "")
        operation = _operation(call.body)
        return (name + (f" ({operation})" if operation else ""))[:_LONGEST_NAME]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _apart(text: str) -> tuple[str, str]:
    file = _FILE.fullmatch(text)
    return (file[1], file[2]) if file else (text, "")


def _titles(stems: Mapping[str, set[str]]) -> frozenset[str]:
    """Of the names in one folder those that are titles of records, or ids of unlike forms."""
    numbered = {stem for stem in stems if is_id(stem)}
    forms = {generalised(stem) for stem in numbered}
    titles = {stem for stem in stems if stem not in numbered and len([*filter(None, _SPLIT.split(stem))]) > 1}
    words = len(stems) - len(numbered) - len(titles)
    apart = len(titles) > 1 and not set.intersection(*(stems[stem] for stem in titles))
    if len(titles) < 2 or words > len(titles) or not (apart or len(titles) >= _MANY or numbered):
        titles = set()
    if titles or (len(forms) > 1 and any(form != "{}" for form in forms)):
        return frozenset(titles | numbered)
    return frozenset()


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

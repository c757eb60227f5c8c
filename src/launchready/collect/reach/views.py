"""What each party was shown of its own accord: the ground on which answers to others are judged. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from launchready.collect.people.pieces import is_telling
from launchready.collect.reach.call import Call
from launchready.collect.reach.places import Place
from launchready.collect.reach.reading import Reading
from launchready.collect.reach.templates import Template, Templates

_COMMON = 3
"""A value on so many unlike pages, and on half of them, belongs to the frame around them."""

Ids = tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """One call that a party makes of its own accord, and what it is answered.

    Attributes:
        party: who.
        call: the request.
        template: its template.
        ids: what stands in its slots.
        first: the answer.
        second: the answer to the same once more, where it may change; None where it does not.
        source: as in `evidence.access.Route`.
    """

    party: str
    call: Call
    template: Template
    ids: Ids
    first: Reading
    second: Reading | None = None
    source: str = "link"

    @cached_property
    def stable(self) -> frozenset[bytes]:
        """What is shown each time."""
        return self.first.pieces if self.second is None else self.first.pieces & self.second.pieces


@dataclass
class View:
    """What one party was shown.

    Attributes:
        party: its name.
        names: what its answers may call it or its tenant, in lower case.
        samples: its calls, by template.
        offered: templates that its interface leads to, rather than a script that all share.
        records: ids of the records that it was shown or led to, by template.
        wandering: templates of whose records it is shown others each time.
        nothing: what it is shown where there is nothing.
    """

    party: str
    names: tuple[str, ...] = ()
    samples: defaultdict[Template, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    offered: set[Template] = field(default_factory=set)
    records: defaultdict[Template, set[Ids]] = field(default_factory=lambda: defaultdict(set))
    wandering: set[Template] = field(default_factory=set)
    nothing: frozenset[bytes] = frozenset()

    def take(self, sample: Sample, templates: Templates, *, offered: bool) -> None:
        """Add a call, and the records that its answer leads to."""
        self.samples[sample.template].append(sample)
        if offered:
            self.offered.add(sample.template)
        led = _led_to(sample.first, templates)
        for template, ids in led.items():
            self.records[template] |= ids
            if offered:
                self.offered.add(template)
        if sample.template.slots:
            self.records[sample.template].add(sample.ids)
        if sample.second is not None:
            again = _led_to(sample.second, templates)
            self.wandering |= {t for t in {*led, *again} if t.slots and led.get(t) != again.get(t)}

    @cached_property
    def frame(self) -> frozenset[bytes]:
        """What stands around the contents of pages: menu, greeting, footer."""
        counted: Counter[bytes] = Counter()
        pages = 0
        for samples in self.samples.values():
            if samples[0].first.kind == "page":
                pages += 1
                counted.update(samples[0].first.pieces)
        enough = max(_COMMON, pages / 2)
        return self.nothing | {piece for piece, times in counted.items() if times >= enough}

    @cached_property
    def known(self) -> frozenset[bytes]:
        """All values that its own interface shows it."""
        return self.nothing.union(
            *(_all(each) for template in self.offered for each in self.samples.get(template, ()))
        )

    @cached_property
    def met(self) -> frozenset[bytes]:
        """All values that it was shown, whatever led there."""
        return self.known.union(*(_all(each) for samples in self.samples.values() for each in samples))

    @cached_property
    def repeated(self) -> frozenset[bytes]:
        """Telling values on two or more unlike routes."""
        routes: Counter[bytes] = Counter()
        for samples in self.samples.values():
            routes.update(frozenset().union(*(each.stable for each in samples)))
        return frozenset(piece for piece, times in routes.items() if times > 1 and is_telling(piece))

    @cached_property
    def throughout(self) -> frozenset[bytes]:
        """Telling values of two or more of its records: whose they are, rather than what is in them."""
        records: Counter[bytes] = Counter()
        for template, samples in self.samples.items():
            if template.slots:
                for each in samples:
                    records.update(each.stable)
        return frozenset(piece for piece, times in records.items() if times > 1 and is_telling(piece))

    @cached_property
    def fields(self) -> dict[str, frozenset[str]]:
        """The values of each field of all JSON that it was shown."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for template in self.offered:
            for sample in self.samples.get(template, ()):
                for name, value in sample.first.fields:
                    found[name].add(value)
        return {name: frozenset(values) for name, values in found.items()}

    @cached_property
    def all_fields(self) -> dict[str, frozenset[str]]:
        """The same of all JSON that it was answered, whatever led there."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for samples in self.samples.values():
            for sample in samples:
                for name, value in sample.first.fields:
                    found[name].add(value)
        return {name: frozenset(values) for name, values in found.items()}

    def is_named_in(self, values: Iterable[bytes], *, beside: Iterable[str] = ()) -> bool:
        """Whether one of these values names the party or its tenant, by another name than these."""
        names = [name for name in self.names if name not in beside]
        shown = [value.decode("utf-8", "replace").casefold() for value in values]
        return any(name in text for name in names for text in shown)


def ids_of(slots: Iterable[Place]) -> Ids:
    """What names the record in one call; headers say whose records are asked for, and name none."""
    return tuple(place.value for place in slots if place.where != "header")


def _all(sample: Sample) -> frozenset[bytes]:
    return sample.first.pieces | (sample.second.pieces if sample.second else frozenset())


def _led_to(reading: Reading, templates: Templates) -> dict[Template, set[Ids]]:
    found: defaultdict[Template, set[Ids]] = defaultdict(set)
    for url in (*reading.links, *reading.records):
        call = Call("GET", url)
        found[templates.of(call)].add(ids_of(templates.slots(call)))
    return dict(found)

"""What is tried: calls of one party, made as another. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.places import (
    never,
    put,
    segment,
    segments,
)
from launchready.collect.reach.relations import Relation, may_be_lower, relation
from launchready.collect.reach.templates import Template, Templates
from launchready.collect.reach.views import Sample, View, ids_of
from launchready.evidence.access import ANONYMOUS, Party

_MOST_SAMPLES = 2
_COLLEAGUES = "say in [[access]] whether these records are those of the `tenant`, of all, or of one `user`, and confirm it"
_UNSEEN = "run the audit with a browser, which sees whom the interface leads there, or confirm the route in [[access]]"


@dataclass(frozen=True, slots=True)
class Trial:
    """One call that is made as somebody else.

    Attributes:
        kind: as in `evidence.access.Crossing`.
        how: as there.
        template: what the call belongs to.
        owner, asker: names of parties.
        call: made as the asker.
        sample: the owner's own call whose values would come back; None where any of the owner's values would.
        never: the same for a record that does not exist; None where there is none.
        plain: what the asker asks of its own accord, where the call is that with something added; else None.
        with_own_secret: what opens the address to whoever has it is the asker's own.
        settle_by: as in `evidence.access.Crossing`.
    """

    kind: str
    how: str
    template: Template
    owner: str
    asker: str
    call: Call
    sample: Sample | None = None
    never: Call | None = None
    plain: Call | None = None
    with_own_secret: bool = False
    settle_by: str = ""


class Planner:
    """Which trials there are for what was learned."""

    def __init__(self, parties: Iterable[Party], views: Mapping[str, View], templates: Templates) -> None:
        self._parties = {each.name: each for each in parties if each.name != ANONYMOUS}
        self._views = views
        self._templates = templates

    def relation(self, owner: str, asker: str) -> Relation:
        """As declared; of two who differ in role alone, the one is the lower that is offered less."""
        one, other = self._parties[owner], self._parties[asker]
        found = relation(one, other, self._parties.values())
        if found is Relation.NONE and may_be_lower(one, other, self._parties.values()):
            more, less = len(self._views[owner].offered), len(self._views[asker].offered)
            return Relation.LOWER if more > less else Relation.NONE
        return found

    def sees_all(self, name: str) -> bool:
        """Whether somebody may be shown the records of all tenants: an admin, or one of the house."""
        party = self._parties[name]
        return party.admin or (not party.tenant and any(each.tenant for each in self._parties.values()))

    def is_test(self, name: str) -> bool:
        """Whether forms may be sent as this identity."""
        return self._parties[name].test

    def strangers(self) -> Iterator[Trial]:
        """What identities are shown, asked by nobody."""
        public = self._views[ANONYMOUS].samples
        for owner, view in sorted(self._owners()):
            for template, samples in sorted(view.samples.items()):
                if template in public and not template.slots:
                    continue
                for sample in samples[:_MOST_SAMPLES]:
                    how = f"asked for what {owner} is shown, without being signed in"
                    yield Trial(
                        "anonymous", how, template, owner, ANONYMOUS, sample.call, sample, self.never(sample)
                    )

    def swaps(self) -> Iterator[Trial]:
        """What identities are shown, asked by others who should not be."""
        for owner, view in sorted(self._owners()):
            for asker in sorted(self._parties):
                found = self.relation(owner, asker)
                for template, samples in sorted(view.samples.items()):
                    for sample in samples[:_MOST_SAMPLES]:
                        if trial := self._swap(found, template, sample, asker):
                            yield trial

    def unsettled(self) -> Iterator[Trial]:
        """What may be meant so: records of colleagues, and lists for others that no page leads anybody to."""
        led = {template for view in self._views.values() for template in view.offered}
        for owner, view in sorted(self._owners()):
            for asker in sorted(self._parties):
                found = self.relation(owner, asker)
                for template, samples in sorted(view.samples.items()):
                    if found is Relation.COLLEAGUE and template.names_record:
                        how, settle = f"asked for a record of {owner}", _COLLEAGUES
                        for sample in samples[:_MOST_SAMPLES]:
                            never = self.never(sample)
                            yield Trial(
                                "object",
                                how,
                                template,
                                owner,
                                asker,
                                sample.call,
                                sample,
                                never,
                                settle_by=settle,
                            )
                    elif (
                        found is Relation.LOWER
                        and self._is_list_of_both(template, asker)
                        and template not in led
                    ):
                        how, sample = "asked for what no page leads to", samples[0]
                        never = self.never(sample)
                        yield Trial(
                            "function",
                            how,
                            template,
                            owner,
                            asker,
                            sample.call,
                            sample,
                            never,
                            settle_by=_UNSEEN,
                        )

    def _is_list_of_both(self, template: Template, asker: str) -> bool:
        """Whether the asker is answered at an address without an id, which strangers are not."""
        other, public = self._views[asker], self._views[ANONYMOUS]
        return not template.names_record and template in other.samples and template not in public.samples

    def led(self) -> Iterator[tuple[str, str, Template, Call]]:
        """Records that two are led to who are apart, and that are not among the samples: owner, asker, and the call.

        Yields:
            One for each template and pair: either both may have it, or one is led to what it is refused.
        """
        for owner, view in sorted(self._owners()):
            for asker in sorted(self._parties):
                if self.relation(owner, asker) is not Relation.APART:
                    continue
                other = self._views[asker]
                for template, samples in sorted(view.samples.items()):
                    known = {each.ids for each in (*samples, *other.samples.get(template, ()))}
                    both = view.records.get(template, set()) & other.records.get(template, set()) - known
                    for ids in sorted(both)[:1] if template.slots else ():
                        yield owner, asker, template, self._with_ids(samples[0].call, ids)

    def ids(self, call: Call) -> tuple[str, ...]:
        """What names the record in a call."""
        return ids_of(self._templates.slots(call))

    def _with_ids(self, call: Call, ids: tuple[str, ...]) -> Call:
        slots = [place for place in self._templates.slots(call) if place.where != "header"]
        for place, value in zip(slots, ids, strict=True):
            call = put(call, place, value)
        return call

    def never(self, sample: Sample) -> Call:
        """The same call for a record that does not exist; where there is no id, for another page beside it."""
        slots = self._templates.slots(sample.call)
        if slots:
            return put(sample.call, slots[-1], never(slots[-1].value))
        last = max((at for at, each in enumerate(segments(sample.call.url)) if each), default=-1)
        if last < 0:
            parts = urlsplit(sample.call.url)
            return replace(sample.call, url=parts._replace(path="/" + never("overview"), query="").geturl())
        place = segment(sample.call, last)
        return put(sample.call, place, never(place.value))

    def _owners(self) -> Iterator[tuple[str, View]]:
        return ((name, self._views[name]) for name in self._parties if name in self._views)

    def _swap(self, found: Relation, template: Template, sample: Sample, asker: str) -> Trial | None:
        other, public = self._views[asker], self._views[ANONYMOUS]
        owner = sample.party
        if template in public.samples and (not template.slots or sample.ids in public.records[template]):
            return None
        led = template in self._views[owner].offered or template not in other.samples
        match found:
            case Relation.APART | Relation.UNTOLD if template.slots or template not in other.samples:
                how = f"asked for a record of {owner}" if template.slots else f"asked for a page of {owner}"
                return Trial("object", how, template, owner, asker, sample.call, sample, self.never(sample))
            case Relation.LOWER if led and not self._is_offered(template, sample, asker):
                how = f"asked for what the interface offers {owner} and not {asker}"
                return Trial("function", how, template, owner, asker, sample.call, sample, self.never(sample))
        return None

    def _is_offered(self, template: Template, sample: Sample, asker: str) -> bool:
        """Whether the asker's role is led there, or may be for all we know of it."""
        role = self._parties[asker].role, self._parties[asker].admin
        alike = [name for name, each in self._parties.items() if (each.role, each.admin) == role]
        if any(template in self._views[name].offered for name in alike):
            return True
        scripted = any(
            each.source == "browser" for group in self._views[asker].samples.values() for each in group
        )
        return sample.source == "browser" and not scripted

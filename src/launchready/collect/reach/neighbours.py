"""Records with the next number: asked for where no record of anybody else is known, and judged by what they say. Live."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from launchready.collect.people.pieces import is_telling
from launchready.collect.reach.asking import Asking
from launchready.collect.reach.comparing import Came, came_back
from launchready.collect.reach.judging import Verdict
from launchready.collect.reach.places import put
from launchready.collect.reach.reading import Reading
from launchready.collect.reach.relations import Relation
from launchready.collect.reach.templates import Template, Templates
from launchready.collect.reach.trials import Planner, Trial
from launchready.collect.reach.views import Ids, View
from launchready.evidence.access import ANONYMOUS, SOMEBODY
from launchready.wire import Touch

_NUMBERED = re.compile(r"((?:[A-Za-z]+[-_.])?(?:\d{4}[-_.])?)(\d{1,9})")
"""A number, perhaps after a word and a year, as AC-2026-0017."""
_MOST = 2
_HOW = "asked for the record with the next number"
_SETTLE = (
    "name an account of whoever this record belongs to as an [[identity]], or confirm the route in [[access]]"
)


class Neighbours:
    """Trials of one run."""

    def __init__(
        self, planner: Planner, views: Mapping[str, View], templates: Templates, asking: Asking
    ) -> None:
        self._planner = planner
        self._views = views
        self._templates = templates
        self._asking = asking
        self._people = [name for name in sorted(views) if name != ANONYMOUS]

    async def verdicts(self, tried: Iterable[Trial]) -> list[Verdict]:
        """Those that tell something: a refusal does not, as nobody knows whether there is such a record.

        Args:
            tried: so far: where records of others are known, nothing has to be guessed.
        """
        trials = list(self._trials({(each.template, each.asker) for each in tried if each.kind == "object"}))
        await self._asking.all(((each.asker, each.call) for each in trials), Touch.PROBE)
        given = [each for each in trials if self._is_given(each)]
        controls = (
            (party, call)
            for each in given
            for party, call in ((each.asker, each.never), (ANONYMOUS, each.call))
            if call is not None
        )
        await self._asking.all(controls, Touch.PROBE)
        found = map(self._judged, trials)
        return [each for each in found if each.outcome in ("crossed", "unanswered")]

    def _is_given(self, trial: Trial) -> bool:
        answer = self._asking.got(trial.asker, trial.call)
        return answer is not None and answer.is_given

    def _trials(self, told: set[tuple[Template, str]]) -> Iterator[Trial]:
        for asker in self._people:
            if self._planner.sees_all(asker):
                continue
            view = self._views[asker]
            for template, samples in sorted(view.samples.items()):
                sample = next((each for each in samples if each.ids and each.call.method == "GET"), None)
                if sample is None or (template, asker) in told or template in self._views[ANONYMOUS].samples:
                    continue
                place = self._templates.slots(sample.call)[-1]
                if place.where == "header" or place.value != sample.ids[-1]:
                    continue
                for value in beside(sample.ids, view.records.get(template, ())):
                    call, never = put(sample.call, place, value), self._planner.never(sample)
                    yield Trial("object", _HOW, template, SOMEBODY, asker, call, None, never)

    def _judged(self, trial: Trial) -> Verdict:
        answer = self._asking.got(trial.asker, trial.call)
        if answer is None or answer.exchange.is_not_now:
            return Verdict(trial, "unanswered")
        never = self._asking.got(trial.asker, trial.never) if trial.never else None
        if not answer.is_given or never is None or never.pieces == answer.pieces:
            return Verdict(trial, "refused")
        asker, public = self._views[trial.asker], self._views[ANONYMOUS]
        outside = self._asking.got(ANONYMOUS, trial.call)
        ids = [place.value for place in self._templates.slots(trial.call)]
        came = came_back(
            answer.pieces, answer, ids, asker.frame, asker.known, public.met, never.pieces,
            outside.pieces if outside is not None else frozenset(),
        )  # fmt: skip
        if not any(map(is_telling, came.seen)) or _names(asker, answer):
            return Verdict(trial, "unclear", came)
        own = [each.first for each in asker.samples[trial.template]]
        whose, why = self._whose(trial.asker, came)
        if not all(_names(asker, each) for each in own):
            if not whose:
                return Verdict(trial, "shared", came)
            why += f", and the records that {trial.asker} is led to do not say whose they are"
            return Verdict(replace(trial, owner=whose, settle_by=_SETTLE), "crossed", came, why=why)
        if whose:
            return Verdict(replace(trial, owner=whose), "crossed", came, certain=True, why=why)
        if told := _fields_naming_another(own, answer, asker):
            why = f"its {told} names somebody else than in each record that {trial.asker} is led to"
            return Verdict(trial, "crossed", came, certain=True, why=why)
        why = f"each record that {trial.asker} is led to names it or its tenant, and this one does not"
        return Verdict(replace(trial, settle_by=_SETTLE), "crossed", came, why=why)

    def _whose(self, asker: str, came: Came) -> tuple[str, str]:
        """Which of those who are known it is of, and by what: it names them, or has what all of theirs have."""
        view = self._views[asker]
        for name in self._people:
            if name == asker or self._planner.relation(name, asker) is not Relation.APART:
                continue
            owner = self._views[name]
            if owner.is_named_in(came.seen, beside=view.names):
                return name, f"it names {name} or its tenant"
            if came.seen & owner.throughout - view.met:
                return name, f"it has what several records of {name} have"
        return "", ""


def _names(party: View, answer: Reading) -> bool:
    """Whether an answer names the party, or its tenant, beyond what stands around all pages."""
    return party.is_named_in(answer.pieces if answer.kind == "api" else answer.pieces - party.frame)


def beside(ids: Ids, records: Iterable[Ids]) -> list[str]:
    """The numbers next to those of records that somebody is led to, which are none of these; at most two.

    Args:
        ids: what names one record; the last one is counted on.
        records: all of them.
    """
    if not (form := _NUMBERED.fullmatch(ids[-1])):
        return []
    prefix, width = form[1], len(form[2]) if form[2].startswith("0") else 0
    alike = (_NUMBERED.fullmatch(each[-1]) for each in records if each and each[:-1] == ids[:-1])
    own = sorted({int(each[2]) for each in (form, *alike) if each is not None and each[1] == prefix})
    free = dict.fromkeys(n for at in own for n in (at - 1, at + 1) if n > 0 and n not in own)
    return [f"{prefix}{number:0{width}d}" for number in [*free][:_MOST]]


def _fields_naming_another(own: Iterable[Reading], answer: Reading, party: View) -> str:
    """The first field of JSON that names the party in each of its own records, and another one here; else empty."""

    def naming(reading: Reading) -> set[str]:
        return {name for name, value in reading.fields if party.is_named_in((value.encode(),))}

    always = set.intersection(*map(naming, own))
    there = Counter(name for name, _ in answer.fields)
    return next((name for name in sorted(always) if there[name] == 1), "")

"""Which trials were crossings, by what came back. Pure, given the answers."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from launchready.collect.people.pieces import is_telling
from launchready.collect.reach.asking import Asking
from launchready.collect.reach.call import Call
from launchready.collect.reach.capability import is_capability
from launchready.collect.reach.comparing import NOTHING, Came, came_back, foreign, without_echo
from launchready.collect.reach.relations import Relation
from launchready.collect.reach.templates import Template
from launchready.collect.reach.trials import Trial
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS, Party

_DATA = re.compile(rb"@|\d{3}|\d[-./:]\d")
"""An address, a number or a date: what a page for staff shows that is more than its labels."""

_MEANT_FOR_ALL = "close it to strangers, or confirm in [[access]] that its records are public"

Related = Callable[[str, str], Relation]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one trial.

    Attributes:
        trial: what was tried.
        outcome: crossed, refused, cut, shared, public or unclear, as in `evidence.access.Reached`; or unanswered.
        came: what came back.
        certain: the values name the owner, or are its alone on unlike routes.
        why: in one sentence.
    """

    trial: Trial
    outcome: str
    came: Came = NOTHING
    certain: bool = False
    why: str = ""


class Judging:
    """Judges the trials of one run."""

    def __init__(
        self, views: Mapping[str, View], asking: Asking, related: Related, parties: Iterable[Party]
    ) -> None:
        self._views = views
        self._asking = asking
        self._related = related
        self._parties = {each.name: each for each in parties}
        self._public = views[ANONYMOUS].met
        self._foreign: dict[tuple[str, str], frozenset[bytes]] = {}

    def came(self, trial: Trial) -> Came:
        """What came back, by the controls that there are so far."""
        answer = self._asking.got(trial.asker, trial.call)
        if answer is None:
            return NOTHING
        owner, asker = self._views[trial.owner], self._views[trial.asker]
        never = self._shown(trial.asker, trial.never)
        plain = self._shown(trial.asker, trial.plain)
        opens_to_all = trial.asker == ANONYMOUS or trial.with_own_secret
        stranger = frozenset[bytes]() if opens_to_all else self._shown(ANONYMOUS, trial.call)
        if trial.sample is None:
            return came_back(
                self.foreign(trial.owner, trial.asker), answer, _sent(trial), never, plain, stranger
            )
        at_home = frozenset[bytes]() if opens_to_all else self._shown(ANONYMOUS, trial.sample.call)
        return came_back(
            trial.sample.stable, answer, _sent(trial),
            owner.frame, asker.known, self._public, never, plain, stranger, at_home,
        )  # fmt: skip

    def looks_crossed(self, trial: Trial) -> bool:
        """Whether the controls should be asked, for all that is known so far."""
        return self.came(trial).is_enough or self._is_same(trial)

    def _is_same(self, trial: Trial) -> bool:
        """Whether it is the owner's own answer, value for value, and not that to a record that does not exist."""
        answer, sample = self._asking.got(trial.asker, trial.call), trial.sample
        if sample is None or answer is None or not answer.is_given or trial.kind != "object":
            return False
        told = without_echo(sample.stable, _sent(trial))
        if not told or not sample.stable <= answer.pieces or not sample.template.slots or trial.plain:
            return False
        controls = (self._shown(trial.asker, trial.never), self._shown(ANONYMOUS, trial.call))
        return not any(told & each for each in controls)

    def foreign(self, owner: str, asker: str) -> frozenset[bytes]:
        """Telling values that the owner is shown and the asker nowhere."""
        key = (owner, asker)
        if key not in self._foreign:
            self._foreign[key] = foreign(self._views[owner], self._views[asker], self._public)
        return self._foreign[key]

    def objects(self, trials: Iterable[Trial]) -> Iterator[Verdict]:
        """Trials between parties that are apart."""
        for trial in trials:
            yield self._object(trial)

    def strangers(self, trials: Iterable[Trial]) -> Iterator[Verdict]:
        """Trials without being signed in."""
        for trial in trials:
            yield self._stranger(trial)

    def functions(self, trials: Iterable[Trial]) -> Iterator[Verdict]:
        """Trials of lower roles; all those of one template are judged together, as a list may be cut to the caller."""
        together: defaultdict[tuple[Template, str], list[Trial]] = defaultdict(list)
        for trial in trials:
            together[trial.template, trial.owner].append(trial)
        for _, group in sorted(together.items()):
            yield from self._function(group)

    def _shown(self, party: str, call: Call | None) -> frozenset[bytes]:
        found = self._asking.got(party, call) if call is not None else None
        return found.pieces if found is not None else frozenset()

    def _object(self, trial: Trial) -> Verdict:
        came = self.came(trial)
        same = not came.is_enough and self._is_same(trial)
        if not (came.is_enough or same or self._names_owner(trial, came)):
            return Verdict(trial, self._nothing_came(trial, came), came)
        owner, asker, template = self._views[trial.owner], self._views[trial.asker], trial.template
        sample = trial.sample
        if sample is not None and template.slots and sample.ids in asker.records.get(template, ()):
            return Verdict(trial, "shared", came)
        if same and sample is not None:
            came = Came(sample.stable, sample.stable)
        alone = came.seen & owner.throughout - asker.met
        named = owner.is_named_in(came.seen, beside=asker.names)
        apart = self._are_apart(template, owner, asker)
        wanders = template in owner.wandering or template in asker.wandering
        untold = self._related(trial.owner, trial.asker) in (Relation.UNTOLD, Relation.COLLEAGUE)
        whose = named or bool(alone)
        if sample is None:
            is_so = whose or len(came.seen) > 1
        elif same:
            is_so = apart and not wanders
        elif untold or wanders:
            is_so = apart and (whose or not wanders)
        else:
            is_so = whose or apart
        if not is_so:
            return Verdict(trial, "unclear", came)
        if named:
            why = f"they name {trial.owner} or its tenant"
        elif alone:
            why = f"{_values(len(alone))} of them stand in several records of {trial.owner} and nowhere else"
        else:
            why = f"{trial.owner} and {trial.asker} are shown no record in common here, and strangers none"
        return Verdict(trial, "crossed", came, whose or sample is None, why)

    def _names_owner(self, trial: Trial, came: Came) -> bool:
        """Whether data came that names the owner, though most of the answer was cut to the asker."""
        answer = self._asking.got(trial.asker, trial.call)
        given = answer is not None and answer.is_given and answer.kind == "api"
        beside = self._views[trial.asker].names
        return given and self._views[trial.owner].is_named_in(came.seen, beside=beside)

    def _are_apart(self, template: Template, owner: View, asker: View) -> bool:
        mine, theirs = owner.records.get(template, set()), asker.records.get(template, set())
        return bool(mine) and bool(theirs) and not mine & theirs

    def _nothing_came(self, trial: Trial, came: Came) -> str:
        answer = self._asking.got(trial.asker, trial.call)
        if answer is None or answer.exchange.is_not_now:
            return "unanswered"
        if not came.markers:
            return "unclear" if answer.is_given else "refused"
        never = self._asking.got(trial.asker, trial.never) if trial.never else None
        if not answer.is_given or (never is not None and never.pieces == answer.pieces):
            return "refused"
        return "cut"

    def _stranger(self, trial: Trial) -> Verdict:
        came, sample = self.came(trial), trial.sample
        assert sample is not None
        if not came.is_enough:
            return Verdict(trial, self._nothing_came(trial, came), came)
        owner, public, template = self._views[trial.owner], self._views[ANONYMOUS], trial.template
        if sample.ids in public.records.get(template, ()):
            return Verdict(trial, "public", came)
        others = [view for name, view in sorted(self._views.items()) if name not in (ANONYMOUS, trial.owner)]
        apart = [each for each in others if self._related(trial.owner, each.party) is Relation.APART]
        lower = [each for each in others if self._related(trial.owner, each.party) is Relation.LOWER]
        guarded = self._guarded(trial, came.seen)
        if is_capability(trial.call, sample.ids):
            meant = guarded or self._has_guarded_address(trial)
            return Verdict(trial, "public" if meant else "unclear", came)
        told = came.seen.difference(*(each.met for each in apart))
        named = owner.is_named_in(told)
        alone = came.seen.intersection(owner.throughout).difference(*(each.met for each in others))
        if not apart:
            alone = frozenset()
        kept_apart = any(self._are_apart(template, owner, each) for each in apart)
        private = {
            value
            for value in guarded
            if is_telling(value) and any(value not in each.met for each in apart + lower)
        }
        if named:
            why = f"they name {trial.owner} or its tenant"
        elif kept_apart and told and template not in owner.wandering:
            why = f"others who are signed in are shown records of their own here, and not those of {trial.owner}"
        elif len(alone) > 1 or len(private) > 1:
            why = f"{_values(len(alone | private))} of them are guarded elsewhere, and shown to {trial.owner} alone"
        else:
            return Verdict(trial, "public" if not guarded or not told else "unclear", came)
        if self._is_for_all(sample) or any(
            self._is_for_all(each) and trial.call.url in each.first.links
            for samples in owner.samples.values()
            for each in samples
        ):
            trial = replace(trial, settle_by=_MEANT_FOR_ALL)
        return Verdict(trial, "crossed", came, named or bool(alone), why)

    def _is_for_all(self, sample: Sample) -> bool:
        """Whether by its own words it is what a client shows the world, as a shop or a status page; only the owner knows.

        Strangers are given it, and it stands outside the frame of what somebody signed in is shown.
        """
        frame, answer = self._views[sample.party].frame, self._asking.got(ANONYMOUS, sample.call)
        outside = 2 * len(frame & sample.first.pieces) < len(frame)
        return outside and sample.first.is_for_sharing and answer is not None and answer.is_given

    def _guarded(self, trial: Trial, seen: frozenset[bytes]) -> frozenset[bytes]:
        """Of these values those that the owner is shown elsewhere too, where strangers are not."""
        found: set[bytes] = set()
        for template, samples in self._views[trial.owner].samples.items():
            if template == trial.template:
                continue
            for each in samples:
                answer = self._asking.got(ANONYMOUS, each.call)
                if answer is not None:
                    found |= (seen & each.stable) - answer.pieces
        return frozenset(found)

    def _has_guarded_address(self, trial: Trial) -> bool:
        """Whether what the address names has another one too, at which strangers are shown nothing."""
        assert trial.sample is not None
        for template, samples in self._views[trial.owner].samples.items():
            for each in samples:
                answer = self._asking.got(ANONYMOUS, each.call)
                if template != trial.template and {*each.ids} & {*trial.sample.ids}:
                    return answer is not None and not answer.is_given
        return False

    def _function(self, group: list[Trial]) -> Iterator[Verdict]:
        """One template that a higher role is offered, asked as all lower ones."""
        came = {trial: self.came(trial) for trial in group}
        got = [trial for trial in group if came[trial].is_enough]
        for trial in group:
            if trial not in got:
                yield Verdict(trial, self._nothing_came(trial, came[trial]), came[trial])
                continue
            others = [each for each in group if each.asker != trial.asker and each.call == trial.call]
            yield self._lower(trial, came[trial], [came[each] for each in others if each in got], group)

    def _lower(self, trial: Trial, came: Came, others: list[Came], group: list[Trial]) -> Verdict:
        asker = self._views[trial.asker]
        own = asker.is_named_in(came.seen) or bool(came.seen & asker.throughout) or self._is_askers(trial)
        foreign = self._of_others(trial.asker, came.seen)
        certain = bool(foreign)
        if foreign:
            why = f"{_values(len(foreign))} of them are shown to others alone"
        elif trial.template.slots:
            # A record of its own, perhaps, at an address that only staff is led to.
            tried = {each.call for each in group if each.asker == trial.asker}
            all_came = all(self.came(each).is_enough for each in group if each.asker == trial.asker)
            if own or not (others or (len(tried) > 1 and all_came)):
                return Verdict(trial, "unclear", came)
            why = f"{trial.asker} gets what its interface does not lead to, whosever it is"
        else:
            rest = came.seen.difference(*(each.seen for each in others)) if others else frozenset[bytes]()
            if any(map(is_telling, rest)) and all(each.seen - came.seen for each in others):
                return Verdict(trial, "cut", came)
            if asker.is_named_in(came.seen) and came.seen < came.markers:
                return Verdict(trial, "cut", came)  # the part of it that is about the asker
            answer = self._asking.got(trial.asker, trial.call)
            labels = answer is not None and answer.kind == "page" and not any(map(_DATA.search, came.seen))
            if labels or 2 * len(came.seen) < len(came.markers):
                return Verdict(trial, "unclear", came)
            why = f"it is the answer that {trial.owner} gets, and the interface of {trial.asker} does not lead there"
        return Verdict(trial, "crossed", came, certain, why)

    def _is_askers(self, trial: Trial) -> bool:
        """Whether a record that only staff is led to is the asker's: it names it, or has what all of its have."""
        sample, asker = trial.sample, self._views[trial.asker]
        if sample is None or asker.is_named_in(sample.stable - self._views[trial.owner].frame):
            return sample is not None
        apart = [
            n for n in self._parties if n != ANONYMOUS and self._related(n, trial.asker) is Relation.APART
        ]
        mine, others = asker.all_fields, [self._views[name].all_fields for name in apart]
        return any(
            mine.get(name) == frozenset((value,)) and any(name in o and value not in o[name] for o in others)
            for name, value in sample.first.fields
        )

    def _of_others(self, asker: str, seen: frozenset[bytes]) -> frozenset[bytes]:
        """Of these values those that are another tenant's alone.

        What only its staff is shown may as well be a label of staff's pages: it counts where somebody of the same role in
        another tenant is shown something else.
        """
        found: set[bytes] = set()
        for name, view in self._views.items():
            if name in (ANONYMOUS, asker) or self._related(name, asker) is not Relation.APART:
                continue
            party = self._parties[name]
            elsewhere = [each for each in self._parties.values() if each.tenant not in ("", party.tenant)]
            if any(each.role == party.role for each in elsewhere):
                found |= (seen & self.foreign(name, asker)).difference(
                    *(self._views[each.name].met for each in elsewhere)
                )
            found |= {value for value in seen if view.is_named_in((value,))}
        return frozenset(found - self._views[asker].known)


def _sent(trial: Trial) -> tuple[str, ...]:
    """Values of the request, which may be repeated in the answer."""
    asked = (value for _, value in parse_qsl(urlsplit(trial.call.url).query))
    return tuple(dict.fromkeys((*(trial.sample.ids if trial.sample else ()), *asked)))


def _values(count: int) -> str:
    return f"{count} value{'s' if count != 1 else ''}"

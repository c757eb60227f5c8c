"""The whole course of the writes: learn, make, try, remove, and see that everybody is as before. Live and secret."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.adding import Adding
from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.creating import Creation, creations, owner_keys
from launchready.collect.reach.writing.filling import Filler, choices
from launchready.collect.reach.writing.learning import Learned, learn
from launchready.collect.reach.writing.making_as import MakingAs
from launchready.collect.reach.writing.never import is_token
from launchready.collect.reach.writing.own_scope import own_scope
from launchready.collect.reach.writing.pool import BY_HAND
from launchready.collect.reach.writing.ranks import Ranks
from launchready.collect.reach.writing.standing import Standing
from launchready.collect.reach.writing.trying import Trying
from launchready.collect.reach.writing.wellbeing import HarmDoneError, Health
from launchready.errors import Refused
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Party, Writes
from launchready.evidence.access import Canary as CanaryFact
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import Sessions
from launchready.verdict import Cause
from launchready.wire import Touch

_MOST_KEYS = 3
_TWO = "give the portal file test identities (test = true) of two tenants, and of each role"


@dataclass(slots=True)
class Course:
    """One run of all writes."""

    people: People
    crawl: Crawl
    sessions: Sessions
    acting: Acting = field(init=False)
    ranks: Ranks = field(init=False)
    learned: Learned = field(default_factory=Learned)
    unlooked: list[tuple[str, Missing]] = field(default_factory=list)

    def __post_init__(self) -> None:
        parties = tuple(
            Party(each.identity, each.role, each.tenant, each.admin, each.test)
            for each in sorted(self.sessions.signed_in, key=lambda each: each.identity)
        )
        self.ranks = Ranks(parties)
        self.acting = Acting(self.people, (*parties, Party(ANONYMOUS)))

    async def run(self) -> Writes:
        """Everything; what is made is removed whatever happens."""
        self.learned = await learn(self.people, self.crawl, self.acting)
        try:
            self.people.wire.gate.check(self.people.site.portal.url, Touch.PROBE)
        except Refused as error:
            return self._learned_only(gap(error))
        if not any(each.test for each in self.ranks.parties):
            why = "no identity may write: none is a test identity"
            return self._learned_only(Missing(Cause.NOT_COLLECTED, why, _TWO))
        fillers: dict[str, Filler] = {}
        canaries = Canaries(self.acting, self.learned, fillers)
        health = Health(self.people, self.acting)
        trying = Trying(self.acting, canaries, self.learned, self.ranks, health)
        try:
            await health.begin(self.learned.profiles)
            await self._all(trying, fillers)
            await canaries.strays.sweep()
            await health.check()
        except HarmDoneError as error:
            settle = "look at the account, put it right, and report what the portal does with such a write"
            self.unlooked.append(("", Missing(Cause.AMBIGUOUS, f"stopped: {error}", settle)))
        finally:
            await canaries.strays.sweep()
            for canary in canaries.made:
                if not await canaries.remove(canary, self._removers(canary)):
                    canary.shown_at.clear()  # an answer may have failed to come: look once more
                    await canaries.read_operations(canary, (canary.owner, *self.ranks.above(canary.owner)))
                    await canaries.remove(canary, self._removers(canary))
        self.unlooked += trying.unlooked
        late = "what it made was found in the end only, so nothing was tried on it"
        self.unlooked += [
            (name, Missing(Cause.AMBIGUOUS, late, BY_HAND)) for name in sorted(set(canaries.found_late))
        ]
        return Writes(
            self.learned.evidence(),
            trials=_undone(trying),
            canaries=tuple(_fact(each) for each in canaries.made),
            wellbeing=tuple(health.says[name] for name in sorted(health.says)),
            unlooked=tuple(dict.fromkeys(self.unlooked)),
            requests=self.acting.requests,
            parties=self.ranks.parties,
        )

    def _learned_only(self, why: Missing) -> Writes:
        return Writes(
            self.learned.evidence(),
            unlooked=(*self.unlooked, ("", why)),
            requests=self.acting.requests,
            parties=self.ranks.parties,
        )

    async def _all(self, trying: Trying, fillers: dict[str, Filler]) -> None:
        records = self.learned.records
        keys = owner_keys({name: each for name, each in records.items() if self.ranks.party(name).tenant})
        fillers |= {each.name: self._filler(each, records, keys) for each in self.ranks.parties}
        leave = self.people.site.authz.leave_canaries
        scope = await own_scope(self.acting, self.learned, self.ranks, keys)
        for creation in creations(self.learned, self.ranks, scope, leave=leave):
            if creation.why_not and creation.never and not self.ranks.below(creation.offered):
                continue  # everybody is offered it for themselves: it reaches no record of others
            if creation.why_not:
                settle = "try it by hand on a test record, or let the portal offer a way to remove one"
                why = f"it was not tried: {creation.why_not}"
                self.unlooked.append((creation.name, Missing(Cause.NOT_COLLECTED, why, settle)))
                continue
            first = None
            for owner in creation.owners:
                others = self.ranks.others(owner)[:1]
                trying.others_keys = {n: v for o in others for n, v in keys.get(o, {}).items()}
                told = len(trying.unlooked)
                made_by = {o: creation.of(o) for o in others if o in creation.offered or not creation.offered}
                first = await trying.of_kind(creation.of(owner), owner, made_by)
                if first is not None:
                    break
                if owner != creation.owners[-1]:
                    del trying.unlooked[told:]  # it is meant for those above, perhaps
            if first is not None:
                await self._by_others(trying, creation, first, keys)
        await Standing(self.people, trying, self.learned, fillers).run()

    async def _by_others(
        self, trying: Trying, creation: Creation, first: Canary, keys: dict[str, dict[str, Any]]
    ) -> None:
        """The same made by those who must not: nobody, a lower role, somebody of another tenant in the owner's name."""
        owner, making = first.made_by, MakingAs(trying)
        operation = creation.of(owner)
        kind = "frontend-only" if operation.from_page else "function"
        for name in self.ranks.below(creation.offered):
            await making.attempt(operation, name, kind, first)
        await making.attempt(operation, ANONYMOUS, "anonymous", first)
        with trying.counting():
            await Adding(trying).to_making(operation, first)
        for other in self.ranks.others(owner)[:1]:
            theirs = creation.operations.get(other) or creation.operations.get("")
            if theirs is None:
                continue
            if theirs.url != operation.url:
                await making.attempt(operation, other, "object", first)
            own = {f.name: f.value for f in operation.fields}
            swapped = {
                f.name: own[f.name]
                for f in theirs.fields
                if f.kind in ("hidden", "select")
                and not is_token(f)
                and own.get(f.name, "") not in ("", f.value)
            }
            if swapped:
                await making.attempt(theirs, other, "object", first, swapped)
            added = {
                k: v for k, v in keys.get(owner, {}).items() if k not in theirs.names and k in first.record
            }
            for key in sorted(added)[:_MOST_KEYS]:
                await making.attempt(theirs, other, "object", first, {key: added[key]})

    def _filler(
        self, party: Party, records: dict[str, list[dict[str, Any]]], keys: dict[str, dict[str, Any]]
    ) -> Filler:
        """What is valid for one party: what forms and records hold, and its own tenant, or a test tenant for the house."""
        bound = [each.name for each in self.ranks.parties if each.test and each.tenant]
        whose = party.name if party.tenant else next(iter(bound), "")
        names = {self.ranks.party(each).tenant.casefold() for each in bound}
        return Filler(
            choices(self.learned.operations, [each for listed in records.values() for each in listed]),
            {name: str(value) for name, value in keys.get(whose, {}).items()},
            frozenset({party.tenant.casefold()} if party.tenant else names),
        )

    def _removers(self, canary: Canary) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.ranks.above(canary.owner), *self.ranks.others(canary.owner))))


def _undone(trying: Trying) -> tuple[Any, ...]:
    """All trials, those that changed something with what became of it."""
    found = []
    for made in trying.made:
        trial = made.trial
        trial = msgspec.structs.replace(trial, requests=made.requests)
        if trial.changed and trial.undone is None and made.canary is not None:
            trial = msgspec.structs.replace(trial, undone=made.canary.removed)
        found.append(trial)
    return tuple(sorted(set(found), key=lambda t: (t.kind, t.operation, t.owner, t.asker, t.how)))


def _fact(canary: Canary) -> CanaryFact:
    return CanaryFact(canary.made_by, canary.creation.template(), canary.removed, canary.says)

"""Writes tried on records of ours as those who must not: another tenant's people, a lower role, nobody. Raw.

A write counts by what its effect is: somebody to whom it is offered makes it first, and what then comes, goes or vanishes
from the owner's view is what must not happen when others make it. Texts count by their marker alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.adding import Adding
from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.curl import curl
from launchready.collect.reach.writing.effects import Effect, effect
from launchready.collect.reach.writing.filling import Filled, parts_of
from launchready.collect.reach.writing.learning import Learned
from launchready.collect.reach.writing.never import removes
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.pool import BY_HAND, Pool
from launchready.collect.reach.writing.ranks import Ranks
from launchready.collect.reach.writing.setting_more import keys_changed
from launchready.collect.reach.writing.wellbeing import Health
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, WriteTrial
from launchready.evidence.http import Exchange
from launchready.verdict import Cause
from launchready.wire.http import Answer

Sent = int
"""Which part of an operation's body was sent: 0 for the whole of it."""


@dataclass(slots=True)
class Made:
    """One trial, and the record that it was about: whether that is undone is known in the end."""

    trial: WriteTrial
    canary: Canary | None


@dataclass(slots=True)
class Trying:
    """All trials on records of one kind, made by one owner."""

    acting: Acting
    canaries: Canaries
    learned: Learned
    ranks: Ranks
    health: Health
    made: list[Made] = field(default_factory=list)
    unlooked: list[tuple[str, Missing]] = field(default_factory=list)
    done: set[tuple[str, str]] = field(default_factory=set)
    settable: set[str] = field(default_factory=set)
    others_keys: dict[str, Any] = field(default_factory=dict)

    async def of_kind(
        self, creation: Operation, owner: str, others: Mapping[str, Operation]
    ) -> Canary | None:
        """Everything that can be done to a record of this kind. Gives the first one, which may be gone by then.

        Args:
            creation: makes it.
            owner: whose it is to be.
            others: how people of another tenant make one of theirs.
        """
        viewers = self._viewers(owner)
        pool = Pool(
            self.canaries, creation, owner, viewers, lambda what, why: self.unlooked.append((what, why))
        )
        adding = Adding(self)
        first = await pool.get()
        if first is None:
            return None
        by_template: dict[str, list[Operation]] = {}
        for each in first.operations:
            by_template.setdefault(each.template(first.ids), []).append(each)
        removing = {name: max(map(removes, each)) for name, each in by_template.items()}
        for name in sorted(by_template, key=lambda name: (removing[name], name)):
            if removing[name] >= 2:
                await adding.to_updates(pool)
                await adding.ids_of_others(pool, others)
            await self._operation(name, by_template[name], pool)
        await adding.to_updates(pool)
        await adding.ids_of_others(pool, others)
        await self.health.check()
        await pool.clear()
        return first

    async def _operation(self, name: str, offered: list[Operation], pool: Pool) -> None:
        owner = pool.owner
        to = self._to(offered, owner)
        askers = self.ranks.askers(owner, to)
        if not any(each.party or self.ranks.meant(each.label, each.url) for each in offered):
            askers = tuple(
                each for each in askers if each[1] in ("object", "anonymous")
            )  # nobody says for whom it is
        able = sorted(each for each in to if self.ranks.party(each).test)
        makers = [owner] * (owner in to) + [each for each in able if each != owner]
        if askers and not makers:
            self.unclear(
                name, "none of those who are offered it is a test identity, so its effect could not be seen"
            )
        if not askers or not makers or (name, owner) in self.done:
            return
        self.done.add((name, owner))
        found, told = None, len(self.unlooked)
        for maker in makers:  # some are offered what only others may do
            if (found := await self._by_right(name, maker, pool)) is not None:
                break
        del self.unlooked[told + (found is None) :]
        if found is None:
            return
        part, expected = found
        for asker, kind in askers:
            canary = await pool.get()
            own = self.bound(canary, name, maker) if canary is not None else None
            if canary is None or own is None:
                self.unclear(name, "no further record could be made to try it on")
                return
            await self._ask(canary, own, asker, kind=kind, part=part, expected=expected, pool=pool)

    def _to(self, offered: list[Operation], owner: str) -> frozenset[str]:
        """Who is offered it: the parties whose pages have it; those whom a document names, else everybody."""
        found: set[str] = set()
        for each in offered:
            found |= {each.party} if each.party else self.ranks.meant(each.label, each.url) or {owner}
        return frozenset(found)

    async def _by_right(self, name: str, maker: str, pool: Pool) -> "tuple[Sent, Effect | None] | None":
        """Let somebody make it to whom it is offered: what was sent, and what then came of it.

        The effect is None where a text of ours tells. None where nothing could be seen.
        """
        canary = await pool.get()
        own = self.bound(canary, name, maker) if canary is not None else None
        if canary is None or own is None:
            return None
        filler = self.canaries.filler_of(canary.owner)
        whole = filler.fill(own, canary.text(), keep=True, present=canary.record)
        reads = False
        for at, ready in enumerate((whole, *parts_of(whole))):
            before, data = await pool.sight(), await self._data(canary)
            sent = await self.acting.send(maker, ready, canary.mark)
            reads = reads or _only_reads(own, sent)
            came = await effect(self.acting, canary.owner, canary.views, canary.mark, before)
            if maker == canary.owner:
                for one, other in zip(data, await self._data(canary), strict=True):
                    self.settable |= keys_changed(one, other, canary.mark)
            if came:
                by_text = came.holds(f"{canary.mark}-")
                pool.changed(canary, used_up=came.gone or not by_text)
                return (at, (None if by_text else came))
        if not reads:
            self.unclear(name, f"when {maker}, who is offered it, made it, no change could be seen")
        return None

    async def _data(self, canary: Canary) -> list[Any]:
        """What JSON shows its owner of a record."""
        pages = await self.acting.look_all(canary.owner, tuple(canary.own))
        return [page.data if page is not None else None for page in pages]

    async def _ask(
        self,
        canary: Canary,
        own: Operation,
        asker: str,
        *,
        kind: str,
        part: Sent,
        expected: Effect | None,
        pool: Pool,
    ) -> None:
        """One write as somebody who must not; `expected` is its effect where no text of ours tells."""
        if kind in ("frontend-only", "function"):
            kind = "frontend-only" if own.from_page else "function"
        text = canary.text()
        whole = self.canaries.filler_of(canary.owner).fill(own, text, keep=True, present=canary.record)
        ready = (whole, *parts_of(whole))[part]
        before = await pool.sight()
        sent = await self.acting.send(asker, ready, canary.mark)
        came = await effect(self.acting, canary.owner, canary.views, canary.mark, before)
        changed: bool | None = None
        if came.known:
            changed = came.holds(text) if expected is None else came.is_like(expected)
        if came:
            pool.changed(canary, used_up=came.gone or (bool(changed) and expected is not None))
        self.note(kind, own, asker, canary, sent, changed=changed, ready=ready)
        await self.health.check(asker, canary.owner)

    async def create_as(
        self, creation: Operation, asker: str, kind: str, owner: str, extra: Mapping[str, Any] | None = None
    ) -> None:
        """Make a record as somebody who must not, and see whether it comes to stand among the owner's."""
        canary = Canary(owner, self.canaries.new_mark(), creation, made_by=asker)
        before = await self.canaries.finding.links(owner, creation)
        self.canaries.made.append(canary)
        ready = self.canaries.filler_of(canary.owner).fill(creation, canary.mark).plus(extra or {})
        sent = await self.acting.send(asker, ready, canary.mark)
        await self.canaries.finding.find(canary, owner, before)
        found = bool(canary.views)
        if found and extra and asker != ANONYMOUS and await self._is_seen_anyway(creation, asker, owner):
            found = False
        if not found and asker != ANONYMOUS:  # it may have become the asker's own
            canary.owner, canary.own, canary.lists = asker, {}, {}
            answers = () if isinstance(sent, Missing) else sent
            await self.canaries.finding.find(canary, asker, before, answers)
        if canary.views:
            await self.canaries.read_operations(canary, (canary.owner, *self.ranks.above(canary.owner)))
        else:
            self.canaries.made.remove(canary)
        extra_names = tuple(sorted(extra or {}))
        how = "sent it" + (f" with {' and '.join(extra_names)} of {owner}" if extra_names else "")
        self.note(
            kind,
            creation,
            asker,
            canary,
            sent,
            changed=found,
            ready=ready,
            how=how,
            owner=owner,
            fields=extra_names if kind == "property" else (),
        )
        await self.canaries.remove(canary, (*self.ranks.above(owner), *self.ranks.others(owner)))
        await self.health.check(asker, owner)

    async def _is_seen_anyway(self, creation: Operation, asker: str, owner: str) -> bool:
        """Whether the owner is shown what the asker makes for itself: then it is a view that tells too much."""
        plain = await self.canaries.make(creation, asker)
        if not isinstance(plain, Canary):
            return False
        as_owner = Canary(owner, plain.mark, creation, made_by=asker)
        await self.canaries.finding.find(as_owner, owner, frozenset())
        await self.canaries.read_operations(plain, (asker, *self.ranks.above(asker)))
        await self.canaries.remove(plain, self.ranks.above(asker))
        return bool(as_owner.views)

    def note(
        self,
        kind: str,
        own: Operation,
        asker: str,
        canary: Canary,
        sent: tuple[Answer, ...] | Exchange | Missing | None,
        *,
        changed: bool | None,
        ready: Filled,
        how: str = "",
        fields: tuple[str, ...] = (),
        owner: str = "",
        undone: bool | None = None,
        ids: Collection[str] = (),
    ) -> None:
        """Keep what came of one write."""
        whose = "a record" if asker == canary.owner else f"a record of {canary.owner}"
        answer = sent[0].exchange if isinstance(sent, tuple) else sent
        if answer is None:
            answer = Missing(Cause.UNREACHABLE, "there was no answer", "run the audit again")
        trial = WriteTrial(
            kind=kind,
            operation=own.template({*canary.ids, *ids}),
            how=how or f"sent it for {whose}",
            owner=owner or canary.owner,
            asker=asker,
            answer=answer,
            changed=None if not changed and _is_no_answer(answer) else changed,
            fields=fields,
            undone=undone,
            curl=curl(ready, asker, {*canary.ids, *ids}),
        )
        self.made.append(Made(trial, canary))

    def bound(self, canary: Canary, name: str, maker: str) -> Operation | None:
        """The same operation on another record."""
        fitting = [each for each in canary.operations if each.template(canary.ids) == name]
        return next((each for each in fitting if each.party in (maker, "")), next(iter(fitting), None))

    def _viewers(self, owner: str) -> tuple[str, ...]:
        """Those who may see its owner's records by right, and so what may be done to them."""
        return (owner, *self.ranks.above(owner))

    def unclear(self, name: str, why: str) -> None:
        """Say that an operation could not be looked at."""
        self.unlooked.append((name, Missing(Cause.AMBIGUOUS, why, BY_HAND)))


def _is_no_answer(answer: Exchange | Missing) -> bool:
    """Whether nobody answered, or a limiter did in the place of the portal."""
    return isinstance(answer, Missing) or answer.is_not_now


def _only_reads(operation: Operation, sent: tuple[Answer, ...] | Missing) -> bool:
    """Whether what was sent is a question asked by POST: it is answered with something to read, and leads nowhere."""
    if isinstance(sent, Missing) or operation.method != "POST":
        return False
    first = sent[0]
    return first.exchange.status == 200 and not first.location and bool(first.body.strip())

"""Writes tried on records of ours as those who must not: another tenant's people, a lower role, nobody. Raw.

A write counts by what its effect is: somebody to whom it is offered makes it first, and what then comes, goes or vanishes
from the owner's view is what must not happen when others make it. Texts count by their marker alone.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.adding import Adding
from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.curl import curl
from launchready.collect.reach.writing.effects import difference
from launchready.collect.reach.writing.filling import Filled
from launchready.collect.reach.writing.learning import Learned
from launchready.collect.reach.writing.never import removes
from launchready.collect.reach.writing.operations import Operation, route
from launchready.collect.reach.writing.own_first import OwnFirst
from launchready.collect.reach.writing.parts import parts_of
from launchready.collect.reach.writing.pool import BY_HAND, Pool, State
from launchready.collect.reach.writing.ranks import Ranks
from launchready.collect.reach.writing.setting_more import keys_changed
from launchready.collect.reach.writing.states import States
from launchready.collect.reach.writing.trial import Made, Shape
from launchready.collect.reach.writing.wellbeing import Health
from launchready.evidence import Missing
from launchready.evidence.access import WriteTrial
from launchready.evidence.http import Exchange
from launchready.verdict import Cause
from launchready.wire.http import Answer


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
    shapes: dict[tuple[str, str], tuple[str, Shape]] = field(default_factory=dict)
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
        adding, states = Adding(self), States(self)
        first = await pool.get()
        if first is None:
            return None
        for name, offered in _by_template(first, links=True).items():
            await self.operation(name, offered, pool)
        by_template = _by_template(first, links=False)  # with what pages behind the links offer
        for one in first.elsewhere:
            pool.later.setdefault(one.template(first.ids), []).append(one)
        removing = {name: max(map(removes, each)) for name, each in by_template.items()}
        for name in sorted(by_template, key=lambda name: (removing[name], name)):
            if removing[name] >= 2:
                await states.run(pool)
                await adding.to_updates(pool)
                with self.counting():
                    await adding.ids_of_others(pool, others)
            await self.operation(name, by_template[name], pool)
        await states.run(pool)
        await adding.to_updates(pool)
        with self.counting():
            await adding.ids_of_others(pool, others)
        await OwnFirst(self).run(pool, others)
        await pool.clear()
        return first

    async def operation(
        self, name: str, offered: list[Operation], pool: Pool, state: State | None = None
    ) -> bool:
        """Try one on records in this state; whether its effect could be seen at all when it was made by right."""
        owner = pool.owner
        to = self._to(offered, owner)
        askers = self.ranks.askers(owner, to)
        if not any(each.party or self.ranks.meant(each.label, each.url) for each in offered):
            askers = tuple(
                each for each in askers if each[1] in ("object", "anonymous")
            )  # nobody says for whom it is
        others = self.ranks.others(owner)  # are offered it for records of their own
        able = sorted(each for each in to if self.ranks.party(each).test and each not in others)
        makers = [owner] * (owner in to) + [each for each in able if each != owner]
        if askers and not makers:
            self.unclear(
                name, "none of those who are offered it is a test identity, so its effect could not be seen"
            )
        if not askers or not makers or (state is None and (name, owner) in self.done):
            return False
        self.done.add((name, owner))
        found, told, begun = None, len(self.unlooked), self.acting.requests
        for maker in makers:  # some are offered what only others may do
            if (found := await self._by_right(name, maker, pool, state)) is not None:
                break
        del self.unlooked[told + (found is None and state is None) :]
        if found is None:
            if len(self.unlooked) > told:
                pool.later.setdefault(name, offered)
            return False
        self.shapes.setdefault((name, owner), (maker, found))
        share = -(-(self.acting.requests - begun) // len(askers))
        for asker, kind in askers:
            with self.counting(share):
                canary = await States(self).get(pool, state)
                own = self.bound(canary, name, maker) if canary is not None else None
                if canary is None or own is None:
                    self.unclear(name, "no further record could be made to try it on")
                    return True
                await self.ask(canary, own, asker, kind=kind, shape=found, pool=pool)
        return True

    def _to(self, offered: list[Operation], owner: str) -> frozenset[str]:
        """Who is offered it: the parties whose pages have it; those whom a document names, else everybody."""
        found: set[str] = set()
        for each in offered:
            found |= {each.party} if each.party else self.ranks.meant(each.label, each.url) or {owner}
        return frozenset(found)

    async def _by_right(self, name: str, maker: str, pool: Pool, state: State | None) -> Shape | None:
        """Let somebody make it to whom it is offered; None where nothing could be seen."""
        canary = await States(self).get(pool, state)
        own = self.bound(canary, name, maker) if canary is not None else None
        if canary is None or own is None:
            return None
        filler = self.canaries.filler_of(canary.owner)
        whole = filler.fill(own, canary.text(), keep=True, present=canary.record)
        reads = False
        for part, ready in enumerate((whole, *parts_of(whole))):
            before = await pool.sight()
            sent = await self.acting.send(maker, ready, canary.mark)
            reads = reads or _only_reads(own, sent)
            came = await pool.effect(before)
            if maker == canary.owner and came:
                now = (await pool.sight()).data
                for url in before.data.keys() & now.keys():
                    self.settable |= keys_changed(before.data[url], now[url], canary.mark)
            if not came and own.method == "GET":
                pool.learn(canary, self.canaries.behind(canary, own, maker, sent))
            if came:
                by_text = came.holds(f"{canary.mark}-")
                told_at = came.told_at(before, f"{canary.mark}-" if by_text else "")
                there = difference(before.at(told_at), (await pool.sight()).at(told_at))
                routes = frozenset(route(url, canary.ids) for url in told_at)
                if not (came.gone or by_text or state):
                    await States(self).note(canary, name, maker, part, pool)
                if came.gone or not by_text:
                    pool.use_up()
                return Shape(part, routes, None if by_text else there)
        if not reads:
            self.unclear(name, f"when {maker}, who is offered it, made it, no change could be seen")
        return None

    async def ask(
        self,
        canary: Canary,
        own: Operation,
        asker: str,
        *,
        kind: str,
        shape: Shape,
        pool: Pool,
        how: str = "",
    ) -> None:
        """One write as somebody who must not; its owner looks where it was seen when it was made by right."""
        if kind in ("frontend-only", "function"):
            kind = "frontend-only" if own.from_page else "function"
        text = canary.text()
        whole = self.canaries.filler_of(canary.owner).fill(own, text, keep=True, present=canary.record)
        ready = (whole, *parts_of(whole))[shape.part]
        told_at = tuple(url for url in canary.views if route(url, canary.ids) in shape.told_at)
        before = await pool.sight(told_at)
        sent = await self.acting.send(asker, ready, canary.mark, follow=False)
        came = await pool.effect(before)
        expected = shape.effect
        changed: bool | None = None
        if came.known:
            changed = came.holds(text) if expected is None else came.is_like(expected)
        if came.gone or (changed and expected is not None):
            pool.use_up()
        self.note(kind, own, asker, canary, sent, changed=changed, ready=ready, how=how)
        await self.health.after(asker)

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

    @contextmanager
    def counting(self, more: int = 0) -> Iterator[None]:
        """Count the requests made within for the trials that are told within, and so many more for each."""
        begun, told = self.acting.requests, len(self.made)
        yield
        new = self.made[told:]
        for each in new:
            each.requests += more + -(-(self.acting.requests - begun) // len(new))

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


def _by_template(canary: Canary, *, links: bool) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for each in canary.operations:
        if (each.method == "GET") is links:
            found.setdefault(each.template(canary.ids), []).append(each)
    return found


def _is_no_answer(answer: Exchange | Missing) -> bool:
    """Whether nobody answered, or a limiter did in the place of the portal."""
    return isinstance(answer, Missing) or answer.is_not_now


def _only_reads(operation: Operation, sent: tuple[Answer, ...] | Missing) -> bool:
    """Whether what was sent is a question, asked by a link or by POST: it is answered with something to read."""
    if isinstance(sent, Missing) or operation.method not in ("GET", "POST"):
        return False
    first = sent[0]
    return first.exchange.status == 200 and not first.location and bool(first.body.strip())

"""Fields added to the writes of a record's owner, and another's id put beside one's own. Raw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.filling import as_id
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.pool import Pool
from launchready.collect.reach.writing.setting_more import SettingMore
from launchready.evidence import Missing

if TYPE_CHECKING:
    from launchready.collect.reach.writing.trying import Trying

_MOST_FIELDS = 4
"""Added one by one, where all of them together are refused."""


@dataclass(frozen=True, slots=True)
class Adding:
    """Trials that send more than is asked for."""

    trying: "Trying"

    async def to_updates(self, pool: Pool) -> None:
        """Let the owner set what it must not, by each way to change the record; once for a kind."""
        if (pool.creation.template(), "more") in self.trying.done or self.trying.ranks.is_highest(pool.owner):
            return
        self.trying.done.add((pool.creation.template(), "more"))
        more = SettingMore(
            self.trying.acting,
            self.trying.canaries,
            self.trying.ranks,
            frozenset(self.trying.settable),
            self.trying.others_keys,
        )
        canary = await pool.get()
        for operation in more.updates(canary) if canary else ():
            name = operation.template(canary.ids) if canary else ""
            if (name, "more") in self.trying.done:
                continue
            self.trying.done.add((name, "more"))
            had = await more.look(canary) if canary else None
            for moving in (False, True):
                canary = await pool.get()
                own = self.trying.bound(canary, name, pool.owner) if canary is not None else None
                if canary is None or own is None or had is None:
                    return
                values = more.moving(canary, own) if moving else more.fields(canary)
                present = had.has(values)
                values = {name: value for name, value in values.items() if name not in present}
                with self.trying.counting():
                    await self._set(more, own, pool, values, moving=moving)

    async def _set(
        self, more: SettingMore, own: Operation, pool: Pool, values: dict[str, Any], *, moving: bool
    ) -> None:
        """Add fields to an update: all at once, then one by one where it is refused with all of them."""
        canary = pool.present
        assert canary is not None
        apart = [{name: value} for name, value in values.items()] if len(values) > 1 else []
        for chosen in (values, *apart[:_MOST_FIELDS]):
            if not chosen:
                continue
            ready = (await more.filled(canary, own)).plus(chosen)
            sent = await self.trying.acting.send(canary.owner, ready, canary.mark)
            now = await more.look(canary)
            found = now.has(chosen)
            if moving and not found and not now.shows_it and not await self.trying.canaries.exists(canary):
                found = tuple(chosen)
                await self._follow(canary)
            pool.changed(canary, used_up=bool(found))
            names = " and ".join(sorted(chosen))
            how = f"sent it with {names} beside what its form has"
            changed = now.took(found)
            self.trying.note(
                "property",
                own,
                canary.made_by,
                canary,
                sent,
                changed=changed,
                ready=ready,
                how=how,
                fields=found,
            )
            await self.trying.health.after(canary.made_by)
            if found or isinstance(sent, Missing) or sent[0].exchange.status < 400:
                return

    async def _follow(self, canary: Canary) -> None:
        """A record that was given away: whoever has it now is to remove it."""
        for party in (*self.trying.ranks.others(canary.owner), *self.trying.ranks.above(canary.owner)):
            before, owner = frozenset[str](), canary.owner
            canary.owner, canary.own, canary.lists = party, {}, {}
            await self.trying.canaries.finding.find(canary, party, before)
            if canary.views:
                await self.trying.canaries.read_operations(canary, (party, *self.trying.ranks.above(party)))
                return
            canary.owner = owner

    async def to_making(self, creation: Operation, first: Canary) -> None:
        """Make further records with what their owner must not set: all at once, then one by one where that is refused."""
        trying, owner = self.trying, first.made_by
        if trying.ranks.is_highest(owner):
            return
        more = SettingMore(trying.acting, trying.canaries, trying.ranks, frozenset(trying.settable))
        values = more.fields(first, making=True)
        apart = [{name: value} for name, value in values.items()] if len(values) > 1 else []
        for chosen in (values, *apart[:_MOST_FIELDS]):
            if not chosen:
                continue
            mark = trying.canaries.new_mark()
            ready = trying.canaries.filler_of(owner).fill(creation, mark).plus(chosen)
            canary = await trying.canaries.make(creation, owner, ready, mark, first)
            if not isinstance(canary, Canary):
                continue
            if not canary.operations:
                await trying.canaries.read_operations(canary, (owner, *trying.ranks.above(owner)))
            now = await more.look(canary)
            found = now.has(chosen)
            if found:
                usual = await self._usual(creation, first, more, {name: chosen[name] for name in found})
                found = tuple(name for name in found if name not in usual)
            names = " and ".join(sorted(chosen))
            how = f"sent it with {names} beside what its form has"
            changed = now.took(found)
            trying.note(
                "property",
                creation,
                owner,
                canary,
                canary.sent,
                changed=changed,
                ready=ready,
                how=how,
                fields=found,
            )
            await trying.canaries.remove(canary, trying.ranks.above(owner))
            return

    async def _usual(
        self, creation: Operation, first: Canary, more: SettingMore, values: dict[str, Any]
    ) -> tuple[str, ...]:
        """Names of the fields that have these values in a record to which nothing was added."""
        owner = first.made_by
        canary = await self.trying.canaries.make(creation, owner, like=first)
        if not isinstance(canary, Canary):
            return tuple(values)
        if not canary.operations:
            await self.trying.canaries.read_operations(canary, (owner, *self.trying.ranks.above(owner)))
        found = (await more.look(canary)).has(values)
        await self.trying.canaries.remove(canary, self.trying.ranks.above(owner))
        return found

    async def ids_of_others(self, pool: Pool, others: Mapping[str, Operation]) -> None:
        """Let somebody of another tenant change a record of its own, and name the owner's in body and query as well."""
        name = pool.creation.template()
        canary = await pool.get()
        if (name, "ids") in self.trying.done or canary is None or len(canary.ids) != 1 or not others:
            return
        self.trying.done.add((name, "ids"))
        more = SettingMore(self.trying.acting, self.trying.canaries, self.trying.ranks)
        updates = [o for o in more.updates(canary) if (o.template(canary.ids), "ids") not in self.trying.done]
        if not updates:
            return
        other, creation = next(iter(others.items()))
        theirs = await self.trying.canaries.make(creation, other, like=canary)
        if not isinstance(theirs, Canary):
            return
        await self.trying.canaries.read_operations(theirs, (other,))
        value = next(iter(canary.ids))
        key = next((key for key, each in canary.record.items() if str(each) == value), "id")
        for operation in updates:
            self.trying.done.add((operation.template(canary.ids), "ids"))
            own = self.trying.bound(theirs, operation.template(canary.ids), other)
            if own is None or key in own.names:
                continue
            text = f"{canary.text()} {theirs.text()}"  # each record keeps its mark
            ready = self.trying.canaries.filler_of(other).fill(own, text, keep=True, present=theirs.record)
            ready = ready.plus({key: as_id(value)}).asking({key: value})
            before = await pool.sight()
            sent = await self.trying.acting.send(other, ready, canary.mark, follow=False)
            came = await pool.effect(before)
            how = (
                f"sent it for a record of its own, with the {key} of one of {canary.owner} in body and query"
            )
            self.trying.note(
                "object",
                own,
                other,
                canary,
                sent,
                changed=came.holds(text) if came.known else None,
                ready=ready,
                how=how,
                ids=theirs.ids,
            )
            await self.trying.health.after(other)
            if came.gone:
                pool.use_up()
                break
        await self.trying.canaries.remove(theirs, self.trying.ranks.above(other))

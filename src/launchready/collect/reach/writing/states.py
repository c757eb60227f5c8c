"""Writes on records that are in another state than they were made in: what is closed may be opened again. Raw.

What showed nothing on a record as it was made, or is offered only afterwards, is tried once more in each state into
which a record was seen to be brought.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from launchready.collect.reach.writing.alike import alike
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.never import why_never
from launchready.collect.reach.writing.operations import Operation, in_page
from launchready.collect.reach.writing.parts import parts_of
from launchready.collect.reach.writing.pool import Pool, State

if TYPE_CHECKING:
    from launchready.collect.reach.writing.trying import Trying

_MOST_STATES = 3
"""In which one operation is tried."""


@dataclass(frozen=True, slots=True)
class States:
    """Brings records into them."""

    trying: "Trying"

    async def run(self, pool: Pool) -> None:
        """Try what waits for another state."""
        trying = self.trying
        waiting, pool.later = pool.later, {}
        states, pool.states = pool.states[:_MOST_STATES], []
        for name in sorted({*waiting, *(name for state in states for name in state.offers)}):
            untold = [each for each in trying.unlooked if each[0] == name]
            if not untold and (name, pool.owner) in trying.done:
                continue
            unbound = [each for each in waiting.get(name, ()) if not each.from_page]
            for state in states:
                offered = state.offers.get(name, unbound)
                if offered and await trying.operation(name, offered, pool, state):
                    trying.unlooked = [each for each in trying.unlooked if each not in untold]
                    break
            else:
                if not untold:
                    trying.unclear(name, "no record of ours came into the state in which it is offered")
        if pool.state is not None:
            pool.use_up()

    async def get(self, pool: Pool, state: State | None) -> Canary | None:
        """A record in this state."""
        if pool.state != state:
            pool.use_up()
        canary = await pool.get()
        if canary is None or pool.state == state or state is None:
            return canary
        own = self.trying.bound(canary, state.name, state.maker)
        if own is None:
            return None
        filler = self.trying.canaries.filler_of(canary.owner)
        whole = filler.fill(own, canary.text(), keep=True, present=canary.record)
        ready = (whole, *parts_of(whole))[state.part]
        await self.trying.acting.send(state.maker, ready, canary.mark, follow=False)
        pool.changed(canary, used_up=False)
        pool.state = state
        return canary

    async def note(self, canary: Canary, name: str, maker: str, part: int, pool: Pool) -> None:
        """A record came into another state: what is offered for it now may be tried on others in that state."""
        offers: dict[str, list[Operation]] = {}
        like = pool.like
        known = (
            {(each.party, each.template(like.ids)) for each in like.operations} if like is not None else set()
        )
        for party in pool.viewers:
            for each in await self._offered(canary, party):
                if not canary.is_subject_of(each) or why_never(each):
                    continue
                offered = each.template(canary.ids)
                offers.setdefault(offered, []).append(each)
                if like is not None and (party, offered) not in known:
                    like.operations.append(alike(each, canary, like))
        pool.states.append(State(name, maker, part, offers))

    async def _offered(self, canary: Canary, party: str) -> tuple[Operation, ...]:
        """What the first of its own addresses that is a page offers a party."""
        for url in canary.own:
            page = await self.trying.acting.look(party, url)
            if page is not None and page.is_html:
                return in_page(page, party)
        return ()

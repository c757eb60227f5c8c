"""One's own record named before another's, where an operation takes several: are all checked, or the first alone? Raw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from launchready.collect.reach.writing.canary import KEYS, Canary
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.pool import Pool
from launchready.collect.reach.writing.several import named_by, with_own

if TYPE_CHECKING:
    from launchready.collect.reach.writing.trying import Trying


@dataclass(frozen=True, slots=True)
class OwnFirst:
    """Trials of that."""

    trying: "Trying"

    async def run(self, pool: Pool, others: Mapping[str, Operation]) -> None:
        """Let somebody of another tenant name a record of its own first, and the owner's behind it."""
        trying = self.trying
        for (name, owner), (maker, shape) in sorted(trying.shapes.items()):
            canary = await pool.get() if owner == pool.owner and others else None
            own = trying.bound(canary, name, maker) if canary is not None else None
            if canary is None or own is None or not own.several or (name, "several") in trying.done:
                continue
            trying.done.add((name, "several"))
            other, creation = next(iter(others.items()))
            theirs = await trying.canaries.make(creation, other, like=canary)
            if not isinstance(theirs, Canary):
                continue
            key = next((k for k in KEYS if str(canary.record.get(k)) in canary.ids & named_by(own)), "")
            value = str(theirs.record.get(key, "")) or next(iter(theirs.ids), "")
            named = str(canary.record.get(key, "")) or next(iter(canary.ids & named_by(own)), "")
            if value and named:
                both = with_own(own, value, named)
                how = f"sent it for a record of its own and then one of {owner}"
                with trying.counting():
                    await trying.ask(canary, both, other, kind="object", shape=shape, pool=pool, how=how)
            await trying.canaries.remove(theirs, trying.ranks.above(other))

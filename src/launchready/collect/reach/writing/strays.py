"""Records that may have come to be and were not found where their kind stands: looked for together, in all views. Raw."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.canary import Canary, shows
from launchready.collect.reach.writing.learning import Learned
from launchready.evidence.access import ANONYMOUS

_AT_ONCE = 8


@dataclass(slots=True)
class Stray:
    """One of them.

    Attributes:
        canary: it; its mark is what is looked for.
        parties: who may be shown it.
        then: told who is, in the end.
        shown_to: those.
    """

    canary: Canary
    parties: frozenset[str]
    then: Callable[[frozenset[str]], Awaitable[None]]
    shown_to: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Strays:
    """All of one run. Each view is read once for all of them, and not once for each."""

    acting: Acting
    learned: Learned
    pending: list[Stray] = field(default_factory=list)

    def add(
        self, canary: Canary, parties: frozenset[str], then: Callable[[frozenset[str]], Awaitable[None]]
    ) -> None:
        """Look for it when all others are looked for."""
        self.pending.append(Stray(canary, parties - {ANONYMOUS}, then))

    async def sweep(self) -> None:
        """Look for all of them, and tell of each."""
        while self.pending:  # what is done about one may make another
            pending, self.pending = self.pending, []
            for party in sorted({party for each in pending for party in each.parties}):
                await self._as(party, [each for each in pending if party in each.parties])
            for each in pending:
                await each.then(frozenset(each.shown_to))

    async def _as(self, party: str, strays: list[Stray]) -> None:
        views = self.learned.views.get(party, ())
        for at in range(0, len(views), _AT_ONCE):
            for page in await self.acting.look_all(party, views[at : at + _AT_ONCE]):
                for each in strays:
                    if page is not None and shows(page, each.canary.mark):
                        each.shown_to.add(party)

"""Records made by those who must not: in the place of people above them, by nobody, or in another's name. Raw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.filling import Filled
from launchready.collect.reach.writing.operations import Operation
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS
from launchready.wire.http import Answer

if TYPE_CHECKING:
    from launchready.collect.reach.writing.trying import Trying


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of them, as it was sent.

    Attributes:
        kind, asker, owner: as of a trial.
        canary: what may have come of it.
        like: a record of the owner's that was made as it is meant.
        ready, sent: what was sent, and how that was answered.
        extra: fields that name the owner.
    """

    kind: str
    asker: str
    owner: str
    canary: Canary
    like: Canary
    ready: Filled
    sent: tuple[Answer, ...] | Missing
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """None where nothing was answered."""
        return () if isinstance(self.sent, Missing) else self.sent


@dataclass(frozen=True, slots=True)
class MakingAs:
    """Makes them, and sees whose they become."""

    trying: "Trying"

    async def attempt(
        self,
        creation: Operation,
        asker: str,
        kind: str,
        like: Canary,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a record as somebody who must not, and see whether it comes to stand among the owner's.

        Args:
            creation: makes it.
            asker: who sends it.
            kind: of hole that it would be.
            like: one that the owner made.
            extra: fields that name the owner.
        """
        canaries, owner, begun = self.trying.canaries, like.made_by, self.trying.acting.requests
        canary = Canary(owner, canaries.new_mark(), creation, made_by=asker)
        ready = canaries.filler_of(owner).fill(creation, canary.mark).plus(extra or {})
        canaries.made.append(canary)
        sent = await self.trying.acting.send(asker, ready, canary.mark, follow=asker != ANONYMOUS)
        attempt = Attempt(kind, asker, owner, canary, like, ready, sent, extra or {})
        near = tuple(like.lists) or canaries.finding.lists_of(owner, creation)
        shown, whole = await canaries.finding.shown_in(canary, owner, near)
        taken = bool(attempt.answers) and attempt.answers[0].exchange.status < 400
        if shown and await self._is_owners(attempt):
            await self._end(attempt, begun, changed=True)
        elif taken and asker != ANONYMOUS and await self._is_askers(attempt):
            await self._end(attempt, begun, changed=False if whole else None)
        else:
            canaries.made.remove(canary)
            spent = self.trying.acting.requests - begun
            then = partial(self._swept, attempt, spent, whole=whole)
            canaries.strays.add(canary, frozenset((owner, asker)), then)
        await self.trying.health.after(asker)

    async def _swept(self, attempt: Attempt, spent: int, shown_to: frozenset[str], *, whole: bool) -> None:
        """What is known when all views were looked at."""
        canaries, begun = self.trying.canaries, self.trying.acting.requests - spent
        canaries.made.append(attempt.canary)
        if attempt.owner in shown_to and await self._is_owners(attempt):
            await self._end(attempt, begun, changed=True)
            return
        if attempt.asker not in shown_to or not await self._is_askers(attempt):
            canaries.made.remove(attempt.canary)
        await self._end(attempt, begun, changed=False if whole else None)

    async def _is_owners(self, attempt: Attempt) -> bool:
        """Whether it stands among the owner's, and not merely in a view of the owner's that tells too much."""
        canary, owner, trying = attempt.canary, attempt.owner, self.trying
        canary.owner = owner
        await trying.canaries.finding.find(canary, owner, attempt.like.before)
        if not canary.views:
            return False
        named = bool(attempt.extra) and attempt.asker != ANONYMOUS
        if named and await self._is_seen_anyway(attempt):
            return False
        await trying.canaries.read_operations(canary, (owner, *trying.ranks.above(owner)))
        return True

    async def _is_askers(self, attempt: Attempt) -> bool:
        """Whether it has become the asker's own; then what is known of the owner's holds for it."""
        canary, asker, finding = attempt.canary, attempt.asker, self.trying.canaries.finding
        canary.owner, canary.own, canary.lists = asker, {}, {}
        if await finding.find_alike(canary, attempt.like, attempt.like.before, attempt.answers):
            return True
        await finding.find(canary, asker, attempt.like.before, attempt.answers)
        if not canary.views:
            return False
        await self.trying.canaries.read_operations(canary, (asker, *self.trying.ranks.above(asker)))
        return True

    async def _is_seen_anyway(self, attempt: Attempt) -> bool:
        """Whether the owner is shown what the asker makes for itself: then it is a view that tells too much."""
        canaries, asker = self.trying.canaries, attempt.asker
        creation = attempt.canary.creation
        plain = await canaries.make(creation, asker)
        if not isinstance(plain, Canary):
            return False
        as_owner = Canary(attempt.owner, plain.mark, creation, made_by=asker)
        await canaries.finding.find(as_owner, attempt.owner, frozenset())
        await canaries.read_operations(plain, (asker, *self.trying.ranks.above(asker)))
        await canaries.remove(plain, self.trying.ranks.above(asker))
        return bool(as_owner.views)

    async def _end(self, attempt: Attempt, begun: int, *, changed: bool | None) -> None:
        """Tell of it, and remove what came of it."""
        canary, owner, trying = attempt.canary, attempt.owner, self.trying
        names = tuple(sorted(attempt.extra))
        trying.note(
            attempt.kind,
            canary.creation,
            attempt.asker,
            canary,
            attempt.sent,
            changed=changed,
            ready=attempt.ready,
            how="sent it" + (f" with {' and '.join(names)} of {owner}" if names else ""),
            owner=owner,
        )
        if canary in trying.canaries.made:
            await trying.canaries.remove(canary, (*trying.ranks.above(owner), *trying.ranks.others(owner)))
        trying.made[-1].requests = trying.acting.requests - begun

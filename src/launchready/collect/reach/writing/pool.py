"""Records of one kind: the present one as long as it is as it was made, then another. Raw."""

from collections.abc import Callable
from dataclasses import dataclass

from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.effects import Sight, sight
from launchready.collect.reach.writing.operations import Operation
from launchready.evidence import Missing
from launchready.verdict import Cause

MOST_CANARIES = 12
"""Of one kind of record: each change of state that comes about uses one up."""
_READ = 200
BY_HAND = "try it by hand with two test accounts, as the page on this check says"


@dataclass(slots=True)
class Pool:
    """Gives records as they were made.

    Attributes:
        canaries: makes them.
        creation: by which they are made.
        owner: who makes them.
        viewers: who may see them by right, the owner first.
        unlooked: told what could not be looked at, and why.
    """

    canaries: Canaries
    creation: Operation
    owner: str
    viewers: tuple[str, ...]
    unlooked: Callable[[str, Missing], None]
    present: Canary | None = None
    like: Canary | None = None
    made: int = 0
    _sight: Sight | None = None

    async def get(self) -> Canary | None:
        """A record as it was made."""
        if self.present is not None:
            return self.present
        if self.made >= MOST_CANARIES:
            return None
        self.made += 1
        canary = await self.canaries.make(self.creation, self.owner, like=self.like)
        name = self.creation.template()
        if isinstance(canary, Missing):
            self.unlooked(name, canary)
            return None
        # A form that comes back did not like what was filled in; any other page is the answer to a question.
        if canary is None and self.canaries.last_status == _READ and not self.canaries.form_again:
            return None  # a question that is asked by POST, it seems: answered, and nothing is made
        if canary is None:
            status = self.canaries.last_status
            why = f"{self.owner} sent it, was answered {status}, and what came of it was not found"
            self.unlooked(name, Missing(Cause.AMBIGUOUS, why, BY_HAND))
            return None
        if not canary.operations:
            await self.canaries.read_operations(canary, self.viewers)
            self.like = canary
        self.present, self._sight = canary, None
        return canary

    async def sight(self) -> Sight:
        """What its owner sees of the present record, as long as nothing changes it."""
        assert self.present is not None
        if self._sight is None:
            views = self.present.views
            self._sight = await sight(self.canaries.acting, self.owner, views, self.present.mark)
        return self._sight

    def changed(self, canary: Canary, *, used_up: bool) -> None:
        """The record is not as it was; used up where its state is another one."""
        self._sight = None
        if used_up and self.present is canary:
            self.present = None

    async def clear(self) -> None:
        """Remove all that is left."""
        for canary in self.canaries.made:
            await self.canaries.remove(canary, self.viewers)
        self.present = None

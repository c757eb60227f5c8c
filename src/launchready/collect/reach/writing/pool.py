"""Records of one kind: the present one as long as it is as it was made, then another. Raw."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from launchready.collect.reach.writing.alike import alike
from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.effects import Effect, Sight, effect, sight
from launchready.collect.reach.writing.operations import Operation
from launchready.evidence import Missing
from launchready.verdict import Cause

MOST_CANARIES = 12
"""Of one kind of record: each change of state that comes about uses one up."""
_READ = 200
BY_HAND = "try it by hand with two test accounts, as the page on this check says"


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A state of records.

    Attributes:
        name: of the operation that brings them there.
        maker: who makes it.
        part: which part of its body is sent.
        offers: what the record's own pages offer then, and to whom, by name.
    """

    name: str
    maker: str
    part: int
    offers: Mapping[str, list[Operation]]


@dataclass(slots=True)
class Pool:
    """Gives records as they were made.

    Attributes:
        canaries: makes them.
        creation: by which they are made.
        owner: who makes them.
        viewers: who may see them by right, the owner first.
        unlooked: told what could not be looked at, and why.
        state: in which the present record is; None where it is as it was made.
        states: into which records can be brought.
        later: operations, by name, that may need a record in one of these.
    """

    canaries: Canaries
    creation: Operation
    owner: str
    viewers: tuple[str, ...]
    unlooked: Callable[[str, Missing], None]
    present: Canary | None = None
    like: Canary | None = None
    made: int = 0
    state: State | None = None
    states: list[State] = field(default_factory=list)
    later: dict[str, list[Operation]] = field(default_factory=dict)
    _sight: Sight | None = None
    _steady: bool = False

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
        self.present, self._sight, self.state = canary, None, None
        return canary

    async def sight(self, urls: tuple[str, ...] = ()) -> Sight:
        """What its owner sees of the present record, as long as nothing changes it; at these addresses, if any."""
        assert self.present is not None
        urls = urls or self.present.views
        if self._sight is None or not set(urls) <= set(self._sight.urls):
            acting, mark = self.canaries.acting, self.present.mark
            self._sight = await sight(acting, self.owner, urls, mark, once=self._steady)
            self._steady = self._steady or self._sight.is_steady
        return self._sight.at(urls)

    async def effect(self, before: Sight) -> Effect:
        """What its owner sees that is different from an earlier sight; what is seen now is the next one."""
        assert self.present is not None
        found, now = await effect(
            self.canaries.acting, self.owner, self.present.mark, before, steady=self._steady
        )
        if found or not found.known:
            self._sight = now if now.whole else None
        return found

    def learn(self, canary: Canary, offered: Iterable[Operation]) -> None:
        """Take what more can be done to a record, for those too that are made after it."""
        known = {each.template(canary.ids) for each in canary.operations}
        new = [each for each in offered if each.template(canary.ids) not in known]
        canary.operations += new
        if self.like is not None and self.like is not canary:
            self.like.operations += [alike(each, canary, self.like) for each in new]

    def changed(self, canary: Canary, *, used_up: bool) -> None:
        """The record is not as it was, in a way that no look has seen; used up where its state is another one."""
        self._sight = None
        if used_up and self.present is canary:
            self.use_up()

    def use_up(self) -> None:
        """The present record is in another state than it was made in."""
        self.present = self._sight = self.state = None

    async def clear(self) -> None:
        """Remove all that is left."""
        for canary in self.canaries.made:
            await self.canaries.remove(canary, self.viewers)
        self.present = None

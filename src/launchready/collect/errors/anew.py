"""Is what an error answer holds under a secret's name made anew for each answer or session, as a form's own token is?"""

import re
from dataclasses import dataclass, field

from launchready.collect.people import People
from launchready.detect import Found
from launchready.errors import StoreError, WireError
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_LOOKS = 20
"""Requests sent once more in one run."""
_NAME = re.compile(rb"([\w-]+)[^\w-]*\Z")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """How an answer was asked for, so that it can be once more.

    Attributes:
        method: other requests than to read are sent once only.
        url: raw.
        headers: of its own.
        touch: None for the visitor's usual one.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    touch: Touch | None = None


@dataclass(slots=True)
class Anew:
    """Asks once more, as the same visitor and then in another session of the same person.

    Attributes:
        people: who there is.
        digests: of the answers that came of it, which are no mishaps of the run.
    """

    people: People
    digests: set[str] = field(default_factory=set)
    _names: set[tuple[str, str, bytes]] = field(default_factory=set)
    _others: dict[str, Visitor | None] = field(default_factory=dict)
    _looks: int = _LOOKS

    async def is_made(self, found: Found, answer: Answer, visitor: Visitor, asked: Asked | None) -> bool:
        """Whether there is another value now. What was seen to be so under one name is not asked again under it.

        Raises:
            StoreError: the run folder cannot be written.
        """
        before = answer.body[max(0, found.start - _LONGEST_NAME) : found.start]
        name = _NAME.search(before)
        key = (visitor.name, found.kind, name[1] if name else before)
        if key in self._names or asked is None or asked.method != "GET":
            return key in self._names
        try:
            if await self._differs(found, answer, visitor, asked):
                self._names.add(key)
                return True
            other = await self._second(visitor.name)
            if other is not None and await self._differs(found, answer, other, asked):
                self._names.add(key)
                return True
        except StoreError:
            raise
        except WireError:
            pass  # what could not be seen to be another value counts as the same
        return False

    async def _differs(self, found: Found, answer: Answer, visitor: Visitor, asked: Asked) -> bool:
        self._looks -= 1
        if self._looks < 0:
            return False
        told = await visitor.fetch("GET", asked.url, headers=asked.headers, touch=asked.touch)
        self.digests.add(told.exchange.digest)
        same_kind = told.exchange.status == answer.exchange.status
        return same_kind and answer.body[found.start : found.end] not in told.body

    async def _second(self, name: str) -> Visitor | None:
        """The same person in a session of their own, signed in once in a run; None where that cannot be."""
        if name == "anonymous":
            return self.people.stranger()
        if name not in self._others:
            self._others[name] = None
            if (await self.people.shared(name)).way is not None:
                self._others[name] = (await self.people.fresh(name)).visitor
        return self._others[name]

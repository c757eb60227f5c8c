"""Calls made as one party after the other, each once in a run, and only counted while its session is proved to hold."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.collect.reach.call import Call
from launchready.collect.reach.reading import Reading, read
from launchready.errors import SignInFailed, StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS
from launchready.verdict import Cause
from launchready.wire import Touch

EACH = 50
"""Calls between two proofs of the session."""
_MOST_AGAIN = 40
"""Calls that are asked again where they were not answered; more of them say that nobody is there."""
_PAUSE, _LONGEST_PAUSE = 1, 5
_SMALLER = 10
"""The same once a session was lost."""

Key = tuple[str, Call, int]


class Asking:
    """Asks, and keeps what was answered.

    Attributes:
        requests: made so far, proofs of sessions included.
        lost: parties whose session could not be kept, and why.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._got: dict[Key, Reading | Missing] = {}
        self._room = asyncio.Semaphore(people.site.crawl.concurrency)
        self.requests = 0
        self.lost: dict[str, Missing] = {}

    async def all(self, wanted: Iterable[tuple[str, Call]], touch: Touch, *, turn: int = 0) -> None:
        """Ask what was not asked yet in this turn; a further turn asks the same once more.

        What was not answered for once is asked again, one after the other: a busy portal is no closed one.
        """
        keys = dict.fromkeys((party, call, turn) for party, call in wanted)
        await self._everybody([key for key in keys if key not in self._got], touch, turn)
        untold = [key for key in keys if self._is_untold(key)]
        if not 0 < len(untold) <= _MOST_AGAIN:
            return
        room, self._room = self._room, asyncio.Semaphore(1)
        await asyncio.sleep(max(map(self._pause, untold)))
        for key in untold:
            del self._got[key]
        try:
            await self._everybody(untold, touch, turn)
        finally:
            self._room = room

    async def _everybody(self, keys: Iterable[Key], touch: Touch, turn: int) -> None:
        parties: defaultdict[str, list[Call]] = defaultdict(list)
        for party, call, _ in keys:
            parties[party].append(call)
        try:
            async with asyncio.TaskGroup() as group:
                for party, calls in sorted(parties.items()):
                    group.create_task(self._as(party, calls, touch, turn))
        except* StoreError as errors:
            raise errors.exceptions[0] from None

    def _is_untold(self, key: Key) -> bool:
        found = self._got.get(key)
        if isinstance(found, Missing):
            return found.cause is Cause.UNREACHABLE
        return found is not None and found.exchange.is_not_now

    def _pause(self, key: Key) -> float:
        """How long the portal wants to be left alone, as far as we wait for that."""
        found = self._got[key]
        told = found.exchange.values("retry-after") if isinstance(found, Reading) else ()
        return float(min(_LONGEST_PAUSE, int(told[0]) if told and told[0].isdigit() else _PAUSE))

    def got(self, party: str, call: Call, turn: int = 0) -> Reading | None:
        """What was answered; None where nothing was."""
        found = self._got.get((party, call, turn))
        return found if isinstance(found, Reading) else None

    def why(self, party: str, call: Call) -> Missing | None:
        """Why there was no answer; None where there was one, or nothing was asked."""
        found = self._got.get((party, call, 0))
        return found if isinstance(found, Missing) else None

    def keep(self, party: str, call: Call, reading: Reading) -> None:
        """Note an answer that somebody else was given to this call already."""
        self._got.setdefault((party, call, 0), reading)

    async def _as(self, party: str, calls: list[Call], touch: Touch, turn: int) -> None:
        size = EACH
        while calls:
            batch, calls = calls[:size], calls[size:]
            if party == ANONYMOUS:
                await self._batch(party, batch, Touch.READ, turn)
            elif not await self._proved(party, batch, touch, turn):
                if size == EACH:
                    size, calls = _SMALLER, batch + calls
                else:
                    why = self.lost.get(party) or gap(
                        SignInFailed(f"the session of {party} was lost while it was used")
                    )
                    self.lost[party] = why
                    self._got |= {(party, call, turn): why for call in batch}

    async def _proved(self, party: str, batch: list[Call], touch: Touch, turn: int) -> bool:
        """Ask as an identity; whether its session held."""
        try:
            session = await self._people.alive(party)
            await self._batch(party, batch, touch, turn)
            self.requests += 2
            if await session.is_proved():
                return True
            for call in batch:
                del self._got[party, call, turn]
        except StoreError:
            raise
        except WireError as error:
            self.lost[party] = gap(error)
        return False

    async def _batch(self, party: str, batch: list[Call], touch: Touch, turn: int) -> None:
        visitor = (
            self._people.stranger() if party == ANONYMOUS else (await self._people.shared(party)).visitor
        )

        async def ask(call: Call) -> None:
            async with self._room:
                try:
                    self.requests += 1
                    answer = await visitor.fetch(
                        call.method, call.url, headers=_led_to(call), body=call.body, touch=touch
                    )
                    self._got[party, call, turn] = read(answer, call.url)
                except StoreError:
                    raise
                except WireError as error:
                    self._got[party, call, turn] = gap(error)

        try:
            async with asyncio.TaskGroup() as group:
                for call in batch:
                    group.create_task(ask(call))
        except* StoreError as errors:
            raise errors.exceptions[0] from None


def _led_to(call: Call) -> tuple[tuple[str, str], ...]:
    """Its headers, and that a page of the portal led there: some ask whether one means it where nothing says so."""
    if any(name.lower() == "referer" for name, _ in call.headers):
        return call.headers
    parts = urlsplit(call.url)
    return (*call.headers, ("Referer", f"{parts.scheme}://{parts.netloc}/"))

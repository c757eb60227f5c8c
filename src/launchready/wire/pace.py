"""How gently a host is asked: so many at once, so many in a second, and none while it asks for a pause."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

LONGEST_PAUSE = 10.0
"""Seconds; a host that asks for more gets no second request instead."""
MOST_PAUSES = 60.0
"""Seconds that all pauses of one host may take in one run."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    due: float = 0.0
    """When the next request would be due if requests came evenly."""
    paused_until: float = 0.0
    paused: float = field(default=0.0)
    at_once: int = 0
    """How many want, for now, that nothing is held back."""


class Pace:
    """Per host: a semaphore for what is under way, and a bucket that fills at `rate` a second."""

    def __init__(self, *, concurrency: int, rate: float) -> None:
        self._concurrency = concurrency
        self._interval = 1.0 / rate
        self._slack = self._interval * (concurrency - 1)
        self._hosts: dict[str, _Host] = {}

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._concurrency)))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a free slot and for the rate, then hold the slot."""
        state = self._of(host)
        if state.at_once:
            yield
            return
        async with state.slots:
            now = asyncio.get_running_loop().time()
            start = max(now, state.due - self._slack, state.paused_until)
            state.due = max(state.due, start) + self._interval
            if start > now:
                await asyncio.sleep(start - now)
            yield

    @contextmanager
    def at_once(self, host: str) -> Iterator[None]:
        """While inside, nothing that is asked of the host waits."""
        state = self._of(host)
        state.at_once += 1
        try:
            yield
        finally:
            state.at_once -= 1

    def pause(self, host: str, seconds: float) -> bool:
        """Ask nothing of the host for so long; False if that is longer than we would wait."""
        state = self._of(host)
        if state.at_once:
            return False
        now = asyncio.get_running_loop().time()
        further = max(0.0, now + seconds - max(now, state.paused_until))
        if seconds > LONGEST_PAUSE or state.paused + further > MOST_PAUSES:
            return False
        state.paused += further
        state.paused_until = max(state.paused_until, now + seconds)
        return True

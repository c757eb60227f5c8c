"""Further limiters than the portal's own: those that lock, delay, queue, leak or only pretend."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable

from launchready_testbed.portal.limits import Attempt, Refusal

Key = Callable[[Attempt], str]


class Lock:
    """After `most` failures in a row an account is refused for `seconds`; a right password forgives.

    `known` says which accounts are counted at all.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        refusal: Refusal,
        key: Key,
        *,
        known: Callable[[str], bool] = bool,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._refusal = refusal
        self._key = key
        self._known = known
        self.failures: dict[str, int] = defaultdict(int)
        self._until: dict[str, float] = {}

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Refuses until the time is over."""
        key = self._key(attempt)
        until = self._until.get(key)
        if until is None:
            return None
        if time.monotonic() < until:
            return self._refusal
        del self._until[key]
        self.failures[key] = 0
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Counts a failure."""
        key = self._key(attempt)
        if right:
            self.failures[key] = 0
        elif self._known(attempt.account):
            self.failures[key] += 1
            if self.failures[key] >= self._most:
                self._until[key] = time.monotonic() + self._seconds


class Bucket:
    """`burst` at once, then one in `interval` seconds; others are refused."""

    def __init__(self, burst: int, interval: float, refusal: Refusal, key: Key) -> None:
        self._burst = burst
        self._interval = interval
        self._refusal = refusal
        self._key = key
        self._level: dict[str, tuple[float, float]] = {}

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Lets through what has room, right or wrong."""
        now = time.monotonic()
        level, then = self._level.get(self._key(attempt), (0.0, now))
        level = max(0.0, level - (now - then) / self._interval)
        if level + 1 > self._burst:
            self._level[self._key(attempt)] = (level, now)
            return self._refusal
        self._level[self._key(attempt)] = (level + 1, now)
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Has counted already."""


class Queue:
    """One after the other for one key, `interval` seconds apart, right or wrong."""

    def __init__(self, interval: float, key: Key) -> None:
        self._interval = interval
        self._key = key
        self._free: dict[str, float] = {}

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Waits for its turn."""
        now = time.monotonic()
        turn = max(now, self._free.get(self._key(attempt), 0.0))
        self._free[self._key(attempt)] = turn + self._interval
        await asyncio.sleep(turn - now)
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Has waited already."""


class Delay:
    """Every failure of one key makes the next answer `factor` times as late, up to `longest` seconds.

    `one_by_one` answers the same key's requests one after the other, so that coming many at once does not help.
    """

    def __init__(self, first: float, factor: float, longest: float, key: Key, *, one_by_one: bool) -> None:
        self._first = first
        self._factor = factor
        self._longest = longest
        self._key = key
        self._one_by_one = one_by_one
        self._failures: dict[str, int] = defaultdict(int)
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Waits."""
        key = self._key(attempt)
        if not self._one_by_one:
            await self._wait(key)
            return None
        async with self._turns[key]:
            await self._wait(key)
            self._failures[key] += 1
        return None

    async def _wait(self, key: str) -> None:
        failures = self._failures[key]
        if failures:
            await asyncio.sleep(min(self._longest, self._first * self._factor ** (failures - 1)))

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Counts a failure; a right password forgives."""
        key = self._key(attempt)
        if right:
            self._failures[key] = 0
        elif not self._one_by_one:
            self._failures[key] += 1


class OneByOne:
    """Each takes `seconds`, and those of one key come one after the other."""

    def __init__(self, seconds: float, key: Key) -> None:
        self._seconds = seconds
        self._key = key
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Waits for its turn, and then as long as everybody."""
        async with self._turns[self._key(attempt)]:
            await asyncio.sleep(self._seconds)
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Counts nothing."""


class AtOnce:
    """No more than `most` at the same time, each taking `seconds`; otherwise as many as you like."""

    def __init__(self, most: int, seconds: float, refusal: Refusal) -> None:
        self._most = most
        self._seconds = seconds
        self._refusal = refusal
        self._present = 0

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Refuses while too many are there."""
        if self._present >= self._most:
            return self._refusal
        self._present += 1
        try:
            await asyncio.sleep(self._seconds)
        finally:
            self._present -= 1
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Counts nothing."""

"""How often may somebody try to sign in? Limiters, each with a memory of its own that ends with the world."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True)
class Attempt:
    """One try to sign in."""

    account: str
    """The address that was typed, in lower case; there need be no such account."""
    ip: str
    """The client's address as the policy takes it."""
    request: Request


@dataclass(frozen=True)
class Refusal:
    """An answer in place of looking at the password."""

    status: int = 429
    words: str = "Too many attempts. Please wait a little."
    retry_after: int | None = None
    """Seconds for the header Retry-After."""
    response: Response | None = None
    """A whole answer of the limiter's own instead."""


class Limiter(Protocol):
    """What stands before the password."""

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Refuses, or lets through by returning None; may wait."""

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Hears whether the password was right, or that the attempt came to nothing, which counts as right."""


class SlidingLimit:
    """At most `most` failures for one key in any `window` seconds. Right passwords are not counted.

    An attempt counts from its beginning, so that many at once get no further than one after the other.
    """

    def __init__(self, most: int, window: float, key: Callable[[Attempt], str]) -> None:
        self._most = most
        self._window = window
        self._key = key
        self._failures: dict[str, deque[float]] = defaultdict(deque)

    async def before(self, attempt: Attempt) -> Refusal | None:
        """Refuses with 429 and Retry-After while there are `most` failures."""
        failures = self._failures[self._key(attempt)]
        now = time.monotonic()
        while failures and failures[0] <= now - self._window:
            failures.popleft()
        if len(failures) < self._most:
            failures.append(now)
            return None
        return Refusal(retry_after=max(1, math.ceil(failures[0] + self._window - now)))

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Takes back what was counted for a right password."""
        failures = self._failures[self._key(attempt)]
        if right and failures:
            failures.pop()


class AddressLimit(SlidingLimit):
    """At most `most` failures of an address in any `window` seconds, whatever the accounts; for accounts it never saw.

    Who has signed in from the address before is let through, so that nobody's guesses lock out whoever shares it; their
    account has a limit of its own. Stands last, as only the last limiter hears of nothing but real sign-ins.
    """

    def __init__(self, most: int, window: float) -> None:
        super().__init__(most, window, by_ip)
        self._known: set[tuple[str, str]] = set()

    async def before(self, attempt: Attempt) -> Refusal | None:
        """As a sliding limit, for accounts that are not known here."""
        return None if (attempt.account, attempt.ip) in self._known else await super().before(attempt)

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Gets to know who has signed in."""
        if (attempt.account, attempt.ip) not in self._known:
            super().after(attempt, right=right)
            if right:
                self._known.add((attempt.account, attempt.ip))


def by_account_and_ip(attempt: Attempt) -> str:
    """One counter for each account at each address: strangers elsewhere cannot lock anybody out."""
    return f"{attempt.account} {attempt.ip}"


def by_account(attempt: Attempt) -> str:
    """One counter for each account."""
    return attempt.account


def by_ip(attempt: Attempt) -> str:
    """One counter for each address, whatever the account."""
    return attempt.ip


def by_nothing(attempt: Attempt) -> str:
    """One counter for all."""
    return ""


def sound_limits() -> list[Limiter]:
    """10 failures a minute for an account at an address, and 20 a minute for an address over all accounts."""
    return [SlidingLimit(10, 60, by_account_and_ip), AddressLimit(20, 60)]

"""One-time codes by the clock (RFC 6238), each sent once in a run: portals refuse a code that was used before."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pyotp

from launchready.errors import UsageError


@dataclass(slots=True)
class Codes:
    """The codes of one identity.

    Attributes:
        secret: base32, or an otpauth:// address with algorithm, digits and period.
        clock: seconds since 1970.
    """

    secret: str
    clock: Callable[[], float] = time.time
    _used: int = -1
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def _totp(self) -> pyotp.TOTP:
        text = self.secret.strip()
        try:
            if text.lower().startswith("otpauth:"):
                found = pyotp.parse_uri(text)
                if isinstance(found, pyotp.TOTP):
                    return found
                raise UsageError("the secret of the one-time codes is not of the kind that goes by the clock")
            totp = pyotp.TOTP(text.replace(" ", "").replace("-", "").upper())
            totp.at(0)
        except ValueError:
            raise UsageError(
                "the secret of the one-time codes is neither base32 nor an otpauth: address"
            ) from None
        return totp

    def check(self) -> None:
        """Raises UsageError when the secret is none."""
        self._totp()

    async def unused(self, *, ahead: bool = False) -> str:
        """The present code; where it was sent already, the next one as soon as its time has come.

        Args:
            ahead: not wait for its time, but give it at once: most portals allow for a clock that is a step ahead.
        """
        async with self._turn:
            totp = self._totp()
            step = int(self.clock()) // totp.interval
            if ahead and step == self._used:
                step += 1
            while step <= self._used:
                await asyncio.sleep(max(0.05, (self._used + 1) * totp.interval - self.clock() + 0.05))
                step = int(self.clock()) // totp.interval
            self._used = step
            return totp.at(step * totp.interval)

"""One-time codes by the clock (RFC 6238), each sent once in a run: portals refuse a code that was used before."""

import asyncio
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import pyotp

from launchready.errors import UsageError

_SEPARATORS = re.compile(r"[\s-]")
_DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}


class _Totp(pyotp.TOTP):
    """Takes short secrets too: many portals give them out, and whether that is wise is not asked here."""

    min_secret_length_bits = 8


@dataclass(slots=True)
class Codes:
    """The codes of one identity.

    Attributes:
        secret: base32, or an otpauth:// address with algorithm, digits and period.
        clock: seconds since 1970.
        early: the last code was given before its time had come.
    """

    secret: str
    clock: Callable[[], float] = time.time
    early: bool = False
    _used: int = -1
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def _totp(self) -> "_Totp":
        text = self.secret.strip()
        try:
            if not text.lower().startswith("otpauth:"):
                return _Totp(_SEPARATORS.sub("", text).upper())
            parts = urlsplit(text)
            said = dict(parse_qsl(parts.query))
            if parts.netloc.lower() != "totp":
                raise UsageError("the secret of the one-time codes is not of the kind that goes by the clock")
            return _Totp(
                said.get("secret", ""),
                digits=int(said.get("digits", 6)),
                interval=max(1, int(said.get("period", 30))),
                digest=_DIGESTS[said.get("algorithm", "SHA1").upper().replace("-", "")],
            )
        except (ValueError, KeyError):
            raise UsageError(
                "the secret of the one-time codes is neither base32 nor an otpauth: address"
            ) from None

    def check(self) -> None:
        """Raises UsageError when the secret is none."""
        self._totp()

    async def unused(self, *, ahead: bool = False) -> str:
        """The present code; where it was sent already, the next one as soon as its time has come.

        Args:
            ahead: one step before its time has come: most portals allow for a clock that is so far ahead.
        """
        async with self._turn:
            totp = self._totp()
            step = max(int(self.clock()) // totp.interval, self._used + 1)
            while self.clock() < (step - ahead) * totp.interval:  # noqa: ASYNC110 -- the clock alone can tell
                await asyncio.sleep(max(0.05, (step - ahead) * totp.interval - self.clock() + 0.05))
            self.early = self.clock() < step * totp.interval
            self._used = step
            return totp.at(step * totp.interval)

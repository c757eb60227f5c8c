"""Which code does an authenticator show? RFC 6238 with its common settings: SHA-1, six digits, 30 seconds.

Also a program, for looks: `python totp.py FILE [STEPS]` prints the code for the base32 secret in FILE, STEPS steps of
30 s from now. It imports nothing but the standard library.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct
import sys
import time
from pathlib import Path

STEP = 30  # seconds


def new_secret() -> str:
    """A random secret of 160 bits in base32, as authenticator apps take it."""
    return base64.b32encode(os.urandom(20)).decode()


def code(secret: str, step: int) -> str:
    """The six digits of `secret` (base32) at the step counted from 1970."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    number: int = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def step_at(seconds: float | None = None) -> int:
    """The step at `seconds` since 1970; now by default."""
    return int((time.time() if seconds is None else seconds) // STEP)


def main(arguments: list[str]) -> int:
    """Prints a code."""
    ahead = int(arguments[1]) if len(arguments) > 1 else 0
    print(code(Path(arguments[0]).read_text(encoding="ascii").strip(), step_at() + ahead))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

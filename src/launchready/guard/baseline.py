"""Secrets that are known to be in the repository already: a file to be committed, so that only new ones hold up a commit.

A value stands in it as the result of scrypt under a salt of its own. It tells nothing about a key, and who can read it can
read the file with the secret as well.
"""

import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path

import msgspec

from launchready.errors import UsageError
from launchready.guard import Leak

SCHEMA = "launchready/secrets-baseline/1"


class _Known(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """One secret in one file."""

    path: str
    kind: str
    salt: str
    scrypt: str


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that are known, sorted."""

    schema: str = SCHEMA
    known: tuple[_Known, ...] = ()

    def holds(self, leak: Leak) -> bool:
        """Whether this secret is known in this file, wherever in it."""
        alike = (each for each in self.known if (each.path, each.kind) == (leak.path, leak.found.kind))
        return any(_stretched(leak.found.value, each.salt) == each.scrypt for each in alike)

    def with_added(self, leaks: Iterable[Leak]) -> "Baseline":
        """The same with these secrets."""
        known = list(self.known)
        for leak in leaks:
            if not self.holds(leak):
                salt = secrets.token_hex(8)
                known.append(_Known(leak.path, leak.found.kind, salt, _stretched(leak.found.value, salt)))
        return Baseline(SCHEMA, tuple(sorted(known)))

    def write(self, path: Path) -> None:
        """Write the file; raises UsageError where that fails."""
        try:
            path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")
        except OSError as error:
            raise UsageError(f"cannot write {path}: {(error.strerror or 'failed').lower()}") from error


def read(path: Path) -> Baseline:
    """The baseline in this file.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        baseline = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {(error.strerror or 'failed').lower()}") from error
    except msgspec.DecodeError as error:
        raise UsageError(f"{path} is no baseline of `launchready secrets guard`: {error}") from error
    if baseline.schema != SCHEMA:
        raise UsageError(f"{path} is a baseline of another version: {baseline.schema}, not {SCHEMA}")
    return baseline


def _stretched(value: str, salt: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    return hashlib.scrypt(raw, salt=bytes.fromhex(salt), n=1 << 14, r=8, p=1, dklen=16).hex()

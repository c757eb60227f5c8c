"""A run as a folder: evidence.json, attachments/ by hash, journal.jsonl, report.json.

The folder is all that judging needs: it can be carried to another machine and judged there, byte for byte.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from launchready.errors import StoreError
from launchready.evidence import Fact, Missing

SCHEMA = "launchready/evidence/1"


class _Stored(msgspec.Struct, frozen=True):
    schema: str
    facts: dict[str, msgspec.Raw]


class RunFolder:
    """One run's folder. All failures to read or write are StoreError, in one sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.attachments = path / "attachments"

    @classmethod
    def create(cls, runs: Path, run_id: str) -> "RunFolder":
        """Make the folder for a new run; runs never share one."""
        folder = cls(runs / run_id)
        try:
            folder.attachments.mkdir(parents=True)
        except OSError as error:
            raise StoreError(f"cannot make the run folder {folder.path}: {_reason(error)}") from error
        return folder

    def write(self, name: str, data: bytes) -> Path:
        """Write one file whole or not at all."""
        target = self.path / name
        part = target.with_name(target.name + ".part")
        try:
            part.write_bytes(data)
            part.replace(target)
        except OSError as error:
            raise StoreError(f"cannot write {target}: {_reason(error)}") from error
        return target

    def attach(self, data: bytes, suffix: str) -> str:
        """Keep a file under the name of its hash; returns that name."""
        name = hashlib.sha256(data).hexdigest()[:32] + suffix
        if not (self.attachments / name).exists():
            self.write(f"attachments/{name}", data)
        return name

    def save(self, facts: Iterable[tuple[type, Fact | Missing]]) -> None:
        """Write evidence.json: every fact under the name of its type, sorted."""
        raw = {kind.__name__: msgspec.Raw(msgspec.json.encode(fact)) for kind, fact in facts}
        stored = _Stored(SCHEMA, dict(sorted(raw.items())))
        self.write("evidence.json", msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")

    def load(self, kinds: Iterable[type]) -> dict[type, Fact | Missing]:
        """Read evidence.json back as the given kinds of facts; kinds that it does not hold are left out."""
        try:
            raw = (self.path / "evidence.json").read_bytes()
        except OSError as error:
            raise StoreError(f"{self.path} is not a run folder: {_reason(error)}") from error
        try:
            stored = msgspec.json.decode(raw, type=_Stored)
            if stored.schema != SCHEMA:
                raise StoreError(
                    f"{self.path} holds evidence of schema {stored.schema!r}, this reads {SCHEMA!r}"
                )
            return {k: _decode(stored.facts[k.__name__], k) for k in kinds if k.__name__ in stored.facts}
        except msgspec.MsgspecError as error:
            raise StoreError(f"{self.path / 'evidence.json'} cannot be read as evidence: {error}") from error


def _decode(raw: msgspec.Raw, kind: Any) -> Fact | Missing:
    decoded: Fact | Missing = msgspec.json.decode(raw, type=kind | Missing)
    return decoded


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()

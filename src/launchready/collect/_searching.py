"""Files searched for secrets, by several threads: what each holds, in archives too, and what could not be read."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

from launchready.collect._gathering import Gathering, Remember
from launchready.detect import Detector, Found
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.redact import Redactor
from launchready.evidence.secrets import Gap, Search, Secret
from launchready.verdict import Cause
from launchready.wire.archives import is_archive, members

Item = TypeVar("Item")

THREADS = min(4, os.cpu_count() or 1)
"""The engine works outside of Python's lock; reading the repository is one thread's work at a time."""

_AT_ONCE = 256
_BYTES_AT_ONCE = 1024 * 1024
"""What a thread takes at a time."""

GAPS_TOLD = 100
"""Gaps listed one by one; the rest is counted."""


class Searching:
    """One surface being searched: what was read, found and not read. Safe to use from several threads."""

    def __init__(
        self, detector: Detector, redact: Redactor, remember: Remember = lambda _kind, _value: None
    ) -> None:
        self.detector = detector
        self.gathering = Gathering(redact, remember)
        self.counts: Counter[str] = Counter()
        self.lock = Lock()
        self._public: Counter[str] = Counter()
        self._gaps: dict[tuple[str, Cause, str, str], None] = {}

    def found(self, data: bytes, path: str) -> Iterator[tuple[str, tuple[Found, ...]]]:
        """What is in these bytes, and in the members of an archive: the path of each with what stands there."""
        if found := self._read(data, path):
            yield self.shown(path), found
        if is_archive(data):
            try:
                for inner, content in members(path, data):
                    with self.lock:
                        self.counts["members of archives"] += 1
                    if found := self._read(content, inner):
                        yield self.shown(inner), found
            except WireError as error:
                self.gap(path, str(error), error.settle_by)

    def _read(self, data: bytes, path: str) -> tuple[Found, ...]:
        reading = self.detector.read(data, path)
        if reading.public:
            with self.lock:
                for kind, count in reading.public:
                    self._public[kind] += count
        if reading.cut:
            self.gap(path, f"incomplete: {reading.cut}", "look into it by hand")
        return reading.found

    def shown(self, path: str) -> str:
        """A path as evidence may hold it: a secret that a file was named after is left out."""
        for found in self.detector.find(path.encode("utf-8", "replace")):
            path = path.replace(found.value, "…")
        return path

    def gap(self, where: str, detail: str, settle_by: str, cause: Cause = Cause.NOT_COLLECTED) -> None:
        """Tell that something was not read."""
        with self.lock:
            self._gaps[self.shown(where), cause, detail, settle_by] = None

    def search(self, searched: Iterable[tuple[str, int]]) -> Search:
        """All of it as evidence."""
        gaps = sorted(self._gaps)
        told = [
            Gap(where, Missing(cause, detail, settle)) for where, cause, detail, settle in gaps[:GAPS_TOLD]
        ]
        if len(gaps) > GAPS_TOLD:
            where, cause, detail, settle = gaps[GAPS_TOLD]
            more = f"{len(gaps) - GAPS_TOLD:,} more were not read, as this one: {detail}"
            told.append(Gap(where, Missing(cause, more, settle)))
        secrets: tuple[Secret, ...] = self.gathering.secrets()
        return Search(
            self.detector.engine, tuple(searched), secrets, tuple(sorted(self._public.items())), tuple(told)
        )


_LFS = b"version https://git-lfs.github.com/spec/"


def large_file_id(data: bytes) -> str:
    """The SHA-256 that a Git LFS pointer names; empty where these bytes are no such pointer."""
    if not data.startswith(_LFS) or len(data) >= 1024:
        return ""
    for line in data.decode("ascii", "replace").splitlines():
        if line.startswith("oid sha256:"):
            oid = line.removeprefix("oid sha256:").strip()
            return oid if len(oid) == 64 and oid.isalnum() else ""
    return ""


def in_threads(
    items: Iterator[Item], work: Callable[[list[Item]], None], size: Callable[[Item], int], stop: Event
) -> None:
    """Do `work` with some items at a time, in several threads; ends early when `stop` is set or one fails.

    Args:
        items: taken by one thread at a time.
        work: called with a few hundred at most.
        size: bytes of an item.
        stop: looked at between the items.

    Raises:
        Exception: the first that `items` or `work` raised.
    """
    taking = Lock()

    def some() -> list[Item]:
        taken, held = [], 0
        with taking:
            for item in items:
                taken.append(item)
                held += size(item)
                if len(taken) == _AT_ONCE or held > _BYTES_AT_ONCE:
                    break
        return taken

    def run() -> None:
        try:
            while not stop.is_set() and (taken := some()):
                work(taken)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(THREADS, "reading") as pool:
        for done in [pool.submit(run) for _ in range(THREADS)]:
            done.result()

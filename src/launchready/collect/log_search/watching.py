"""What is written to the logs from a moment on: by the place where each ended then, also where one was rotated since."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from launchready.wire.log_files import LogFile, LogFiles, LogUnreadableError

QUIET = 0.5
"""Seconds without a new line after which it is taken that all was written."""
LONGEST = 4.0
"""Seconds that are waited for quiet, on a busy portal."""
UNTIL_FIRST = 8.0
"""Seconds that are waited for the first line: web servers may keep lines back for some seconds."""
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Tail:
    """What a file got: all that stands behind `start`."""

    file: LogFile
    start: int

    def blocks(self) -> Iterator[bytes]:
        """As `LogFile.blocks`."""
        return self.file.blocks(self.start)


class Watch:
    """Begins when it is made, or where `ends` says."""

    def __init__(self, logs: LogFiles, ends: Iterable[tuple[int, int]] | None = None) -> None:
        self._logs = logs
        self.ends = self._now() if ends is None else tuple(ends)

    def _now(self) -> tuple[tuple[int, int], ...]:
        return tuple(each.position() for each in self._logs.files())

    def tails(self) -> tuple[Tail, ...]:
        """What was written since: further lines of the files that were there, and whole files that were not."""
        before = dict(self.ends)
        found = []
        for file in self._logs.files():
            inode, size = file.position()
            start = before.get(inode, 0)
            if size < start:
                start = 0  # it was emptied, and begun again
            if size > start:
                found.append(Tail(file, start))
        return tuple(found)

    async def until_seen(self, text: bytes) -> bool:
        """Wait until this was written; whether it was, in the time that the first line may take."""
        begun, ends = time.monotonic(), self.ends
        while time.monotonic() - begun < UNTIL_FIRST:
            now = self._now()
            for tail in Watch(self._logs, ends).tails():
                with suppress(LogUnreadableError):  # which is told when all of it is read
                    if any(text in block for block in tail.blocks()):
                        return True
            ends = now
            await asyncio.sleep(_STEP)
        return False

    async def until_quiet(self) -> None:
        """Wait until nothing more is written, for a while."""
        begun = changed = time.monotonic()
        last = self._now()
        while True:
            await asyncio.sleep(_STEP)
            now, moment = self._now(), time.monotonic()
            if now != last:
                last, changed = now, moment
            wrote = bool(self.tails())
            if moment - begun > (LONGEST if wrote else UNTIL_FIRST) or (wrote and moment - changed > QUIET):
                return

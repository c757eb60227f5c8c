"""Reads every log from its beginning to its end, once, for all who want to see it."""

from collections.abc import Iterable
from threading import Event
from typing import NamedTuple, Protocol

from launchready.collect.log_search.gaps import unmatched, unread
from launchready.collect.log_search.needles import lines_of
from launchready.evidence.logs import LogRead
from launchready.evidence.secrets import Gap
from launchready.wire.log_files import LogFile, LogFiles, LogUnreadableError


class Piece(NamedTuple):
    """Whole lines of a file, as far as they are not longer than memory is worth.

    Attributes:
        file: whose.
        text: the lines.
        shared: bytes at the beginning that were in the piece before too.
        lines: lines in front of it.
    """

    file: LogFile
    text: bytes
    shared: int
    lines: int

    def line(self, at: int) -> int:
        """The number of the line in which this byte stands, counted from 1."""
        return self.lines + self.text.count(b"\n", self.shared, at) + 1

    def line_at(self, at: int) -> bytes:
        """The line in which this byte stands."""
        end = self.text.find(b"\n", at)
        return self.text[self.text.rfind(b"\n", 0, at) + 1 : end if end >= 0 else len(self.text)]


class Reader(Protocol):
    """Somebody who wants to see logs."""

    def take(self, piece: Piece) -> None:
        """Look at a piece of a file; they come in order."""
        ...


def read(
    logs: LogFiles, readers: Iterable[Reader], stop: Event
) -> tuple[tuple[LogRead, ...], tuple[Gap, ...]]:
    """Show all logs to all readers; ends early where `stop` is set.

    Returns:
        What was read, and what could not be.
    """
    readers = tuple(readers)
    gaps = [unmatched(name) for name in logs.unmatched()]
    done = []
    for file in logs.files():
        size = lines = 0
        try:
            for text, shared in lines_of(file.blocks()):
                if stop.is_set():
                    break
                piece = Piece(file, text, shared, lines)
                for reader in readers:
                    reader.take(piece)
                size += len(text) - shared
                lines += text.count(b"\n", shared)
        except LogUnreadableError as error:
            gaps.append(unread(file.name, error))
        done.append(LogRead(file.name, size, lines))
    return tuple(done), tuple(gaps)

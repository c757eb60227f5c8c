"""The door to the portal's logs: the files that [logs] names, rotated and packed ones with them, read as one stream.

Nothing is held in memory but a block: a log of any size is read in the same space.
"""

import bz2
import codecs
import gzip
import lzma
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import IO, Any

from launchready.errors import WireError

BLOCK = 1 << 20
"""Bytes that are read at once."""
STDIN = "-"
_ROTATED = re.compile(r"(?:[.-]\d{1,14}|[.-]\d{4}-\d\d-\d\d(?:[T_-][\d-]+)?|\.old|\.(?:gz|bz2|xz|zst))+$")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BINARY = {
    b"\x28\xb5\x2f\xfd": (
        "it is packed with zstd",
        "unpack it with `zstd -d`, and name the result in [logs] paths",
    ),
    b"LPKSHHRH": (
        "it is a journal in its own format",
        "export it with `journalctl -o export > portal.journal.txt`",
    ),
}


class LogUnreadableError(WireError):
    """A log could not be read, or not to its end."""

    def __init__(
        self, detail: str, settle_by: str = "let the user who runs the audit read this file"
    ) -> None:
        super().__init__(detail)
        self.settle_by = settle_by


def base_name(name: str) -> str:
    """The name of the log that a rotated file is a part of: "access.log" for "access.log.2.gz"."""
    return _ROTATED.sub("", name) or name


@dataclass(frozen=True, slots=True)
class LogFile:
    """One file.

    Attributes:
        path: where it is; "-" is standard input.
        name: what reports call it: with as many folders in front as tell it from the others.
    """

    path: Path
    name: str

    @property
    def log(self) -> str:
        """The log that it is a part of."""
        return base_name(self.name)

    def position(self) -> tuple[int, int]:
        """(inode, bytes) now; a file that is not there has neither."""
        try:
            status = self.path.stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_size

    def blocks(self, start: int = 0) -> Iterator[bytes]:
        """What it says from byte `start` on, unpacked, as UTF-8 where it was UTF-16.

        Raises:
            LogUnreadableError: it cannot be read, or not to its end; what was read before has been given.
        """
        try:
            with ExitStack() as opened:
                file, encoding = self._open(opened, start)
                yield from _decoded(file, encoding)
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise LogUnreadableError(f"{self.name} could not be read: {_reason(error)}") from None

    def _open(self, opened: ExitStack, start: int) -> tuple[IO[bytes], str]:
        """The file, to be read from there on, and its encoding where that is another than UTF-8."""
        if str(self.path) == STDIN:
            return sys.stdin.buffer, ""
        file = opened.enter_context(self.path.open("rb"))
        magic = file.read(8)
        file.seek(start)
        for mark, (why, settle) in _BINARY.items():
            if magic.startswith(mark):
                raise LogUnreadableError(f"{self.name} could not be read: {why}", settle)
        packed: Any = None
        if magic.startswith(b"\x1f\x8b"):
            packed = gzip.GzipFile(fileobj=file)
        elif magic.startswith(b"BZh"):
            packed = bz2.BZ2File(file)
        elif magic.startswith(b"\xfd7zXZ\0"):
            packed = lzma.open(file)  # noqa: SIM115 -- closed with the file below
        if packed is None:
            return file, _MARKS.get(magic[:2], "")
        file.seek(0)  # what is packed can be read from its beginning only
        return opened.enter_context(packed), ""


def _decoded(file: IO[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
    while block := file.read(BLOCK):
        yield decoder.decode(block).encode("utf-8", "replace") if decoder is not None else block


def _reason(error: Exception) -> str:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error | lzma.LZMAError):
        return "it is damaged, or still being packed"
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


class LogFiles:
    """The logs that the portal file names.

    Attributes:
        patterns: absolute paths that may hold * and ?; "-" is standard input.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)

    def files(self) -> tuple[LogFile, ...]:
        """All files that there are now, each once, sorted by name; with a file, those that it was rotated to."""
        found: dict[Path, None] = {}
        for pattern in self.patterns:
            found.update(dict.fromkeys(_matching(pattern)))
        paths = tuple(found)
        return tuple(
            sorted((LogFile(path, _short(path, paths)) for path in paths), key=lambda each: each.name)
        )

    def unmatched(self) -> tuple[str, ...]:
        """Names of the paths that lead to no file."""
        return tuple(PurePath(pattern).name for pattern in self.patterns if not _matching(pattern))


def _matching(pattern: str) -> list[Path]:
    if PurePath(pattern).name == STDIN:
        return [Path(STDIN)]
    if not has_magic(pattern):
        path = Path(pattern)
        if path.is_dir():
            return sorted(each for each in path.iterdir() if each.is_file())
        # Siblings such as access.log.1 and access.log-20300101.gz are what the file held before.
        siblings = glob(f"{pattern}*")  # noqa: PTH207 -- a pattern is one text, with its folder
        return sorted(
            Path(each) for each in siblings if base_name(each) == base_name(pattern) and Path(each).is_file()
        )
    found = glob(pattern, recursive=True)  # noqa: PTH207 -- as above
    return sorted(Path(each) for each in found if Path(each).is_file())


def _short(path: Path, others: Iterable[Path]) -> str:
    """The file's name, with as many folders in front as tell it from the others."""
    if path.name == STDIN:
        return "standard input"
    parts = path.parts
    for count in range(1, len(parts)):
        name = "/".join(parts[-count:])
        if not any(each != path and each.parts[-count:] == parts[-count:] for each in others):
            return name
    return path.name

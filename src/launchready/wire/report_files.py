"""The door to files of DMARC aggregate reports, as they come by mail: XML, bare or packed with gzip or zip."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from glob import glob
from pathlib import Path
from typing import NamedTuple

LARGEST = 20_000_000
"""Octets of one report, unpacked."""
MOST_FILES = 5_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ANY_WRAPPER = 47  # of zlib: a gzip header is looked for


class ReportFile(NamedTuple):
    """One file: its name, and what it holds, or why that could not be read."""

    name: str
    data: bytes
    unread: str = ""


def report_files(patterns: Iterable[str]) -> Iterator[ReportFile]:
    """Every file that a path or pattern names, sorted; of a packed one what is inside."""
    found = (glob(pattern, recursive=True) for pattern in patterns)  # noqa: PTH207 -- patterns may be absolute
    paths = sorted({path for each in found for path in each})
    files = [path for path in map(Path, paths) if path.is_file()]
    for path in files[:MOST_FILES]:
        try:
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
            yield from _unpacked(path.name, raw)
        except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
            yield ReportFile(path.name, b"", f"it could not be read ({type(error).__name__})")
    for path in files[MOST_FILES:][:1]:
        yield ReportFile(path.name, b"", f"there are more than {MOST_FILES} files")


def _unpacked(name: str, raw: bytes) -> Iterator[ReportFile]:
    if raw.startswith(_GZIP):
        yield _sized(name, zlib.decompressobj(_ANY_WRAPPER).decompress(raw, LARGEST + 1))
    elif raw.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for entry in packed.infolist()[:MOST_FILES]:
                if not entry.is_dir():
                    with packed.open(entry) as inner:
                        yield _sized(name, inner.read(LARGEST + 1))
    else:
        yield _sized(name, raw)


def _sized(name: str, data: bytes) -> ReportFile:
    if len(data) > LARGEST:
        return ReportFile(name, b"", f"it is larger than {LARGEST // 10**6} MB")
    return ReportFile(name, data)

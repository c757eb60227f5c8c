"""The door into archives that were put among the files: their members, to be read like files."""

from collections.abc import Iterator

from launchready.errors import Unreachable

LARGEST_CONTENT = 256 * 1024 * 1024
"""Bytes that one archive may unpack to; beyond, it is told and not read."""

NESTED = 2
"""How many archives deep."""

_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_SEALED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
"""7-Zip, RAR, Zstandard: nothing here opens them."""


class UnopenedError(Unreachable):
    """An archive could not be read."""

    settle_by = "unpack it and search what is in it, or delete it where nobody needs it"


def is_archive(data: bytes) -> bool:
    """Whether these bytes are an archive or compressed; by how they begin, not by what the file is called."""
    return data.startswith(_MARKS) or data.startswith(_SEALED) or data[257:262] == b"ustar"


def members(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Path ("backup.zip!config/.env") and bytes of every file in an archive.

    Raises:
        UnopenedError: it is damaged, encrypted, too large or of a kind that cannot be opened.
    """
    if data.startswith(_SEALED):
        raise UnopenedError("it is an archive of a kind that is not opened here")
    try:
        from kingfisher_sdk import ScanInput, expand_archives  # noqa: PLC0415 -- slow to load

        given = [ScanInput(path, data)]
        for member in expand_archives(given, depth=NESTED, max_bytes=LARGEST_CONTENT):
            if member.data is not None and member.path != path:
                yield member.path, member.data
    except (ImportError, RuntimeError, OSError, ValueError) as error:
        raise UnopenedError(f"it is an archive that could not be opened ({type(error).__name__})") from error

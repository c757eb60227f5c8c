"""A body that cannot do harm: read and unpacked up to a limit, whatever the other side sends."""

import zlib
from collections.abc import AsyncIterator
from typing import Protocol

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_BARE = -zlib.MAX_WBITS


class _Stream(Protocol):
    def iter_any(self) -> AsyncIterator[bytes]:
        """Chunks as they come."""


class Body:
    """What was read so far, so that a body cut short by the clock is not lost.

    Attributes:
        received: bytes that came over the wire.
        truncated: there was more, or what came could not be unpacked to its end.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._chunks: list[bytes] = []
        self._size = 0
        self.received = 0
        self.truncated = False

    def data(self) -> bytes:
        """All that was read, unpacked."""
        return b"".join(self._chunks)

    async def all(self, stream: _Stream, encoding: str) -> None:
        """Read until the end or the limit. An encoding that we did not ask for is left as it came."""
        encoding = encoding.strip().lower()
        packed = encoding in ("gzip", "x-gzip", "deflate")
        unpacker = zlib.decompressobj(_GZIP) if packed and encoding != "deflate" else None
        async for chunk in stream.iter_any():
            self.received += len(chunk)
            room = self._most - self._size
            if packed:
                unpacker = unpacker or zlib.decompressobj(_ZLIB if _has_zlib_header(chunk) else _BARE)
                try:
                    data = unpacker.decompress(chunk, room + 1)
                except zlib.error:
                    self.truncated = True
                    return
            else:
                data = chunk
            self._chunks.append(data[:room])
            self._size += min(len(data), room)
            if len(data) > room or (packed and self.received > self._most):
                self.truncated = True
                return
        if unpacker is not None and self.received and not unpacker.eof:
            self.truncated = True


def _has_zlib_header(start: bytes) -> bool:
    """Whether `deflate` means zlib's format, as the standard says, or bare deflate, as some servers send."""
    return len(start) >= 2 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0

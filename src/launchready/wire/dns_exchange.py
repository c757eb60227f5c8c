"""One DNS message there, one back: over UDP from a port of its own, and over TCP where it was cut short.

Written by hand, as a question is a few octets and a run asks many: the library builds and matches them far more slowly.
"""

import asyncio
import secrets
import struct

import dns.flags
import dns.name
import dns.rdatatype

_HEADER = struct.Struct("!HHHHHH")
_QUESTION_END = struct.Struct("!HH")
_OPT = struct.Struct("!BHHIH")
_PAYLOAD = 1232
"""Octets of an answer over UDP that no network cuts in pieces (DNS Flag Day 2020)."""
_INTERNET = 1


class TruncatedError(Exception):
    """The answer is too long for UDP, and over TCP there is none."""


def question(name: dns.name.Name, kind: dns.rdatatype.RdataType, flags: int, *, edns: bool = True) -> bytes:
    """A query for one record, under a number that nobody can guess."""
    written = name.to_wire()
    assert written is not None  # only where a file to write to is given
    return b"".join(
        (
            _HEADER.pack(secrets.randbits(16), flags, 1, 0, 0, int(edns)),
            written,
            _QUESTION_END.pack(kind, _INTERNET),
            _OPT.pack(0, dns.rdatatype.OPT, _PAYLOAD, 0, 0) if edns else b"",
        )
    )


async def exchange(query: bytes, address: str, port: int, wait: float) -> bytes:
    """The server's whole reply.

    Raises:
        TimeoutError: it did not come within `wait` seconds.
        TruncatedError: it was cut short, and did not come over TCP either.
        OSError: the server cannot be reached.
    """
    truncated = False
    try:
        async with asyncio.timeout(wait):
            reply = await _by_datagram(query, address, port)
            truncated = bool(int.from_bytes(reply[2:4]) & dns.flags.TC)
            return await _by_stream(query, address, port) if truncated else reply
    except (OSError, EOFError) as error:  # a TimeoutError is an OSError
        if truncated:
            raise TruncatedError from error
        raise


async def _by_datagram(query: bytes, address: str, port: int) -> bytes:
    loop = asyncio.get_running_loop()
    reply: asyncio.Future[bytes] = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Waiting(query, reply), remote_addr=(address, port)
    )
    try:
        transport.sendto(query)
        return await reply
    finally:
        transport.close()


async def _by_stream(query: bytes, address: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(address, port)
    try:
        writer.write(len(query).to_bytes(2) + query)
        while True:
            reply = await reader.readexactly(int.from_bytes(await reader.readexactly(2)))
            if _answers(query, reply):
                return reply
    finally:
        writer.close()


class _Waiting(asyncio.DatagramProtocol):
    """Waits for the reply to one query; anything else that comes may be forged and is passed over."""

    def __init__(self, query: bytes, reply: asyncio.Future[bytes]) -> None:
        self._query = query
        self._reply = reply

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:  # noqa: ARG002 -- the socket is connected to it
        if not self._reply.done() and _answers(self._query, data):
            self._reply.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self._reply.done():
            self._reply.set_exception(exc)


def _answers(query: bytes, reply: bytes) -> bool:
    """Whether this is a reply to this query: the same number and question, or an error without a question."""
    if len(reply) < _HEADER.size or reply[:2] != query[:2] or not reply[2] & 0x80:
        return False
    if reply[4:6] == b"\0\0":
        return reply[3] & 0x0F != 0
    end = query.index(b"\0", _HEADER.size) + 1
    same_name = reply[_HEADER.size : end].lower() == query[_HEADER.size : end].lower()
    return same_name and reply[end : end + _QUESTION_END.size] == query[end : end + _QUESTION_END.size]

"""TLS to one address at a time: a real handshake, and single offers that local libraries can no longer make.

Nothing but TLS is spoken: no request is ever sent, so no proof of who the server is is needed to look at it,
and weak things are let through to be seen. Both methods tell apart all that a server can do instead of
agreeing.
"""

import asyncio
import errno
import os
import re
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import certifi

from launchready.errors import ConnectionRefused, TimedOut, Unreachable, UsageError
from launchready.wire.cipher_suites import NAMES
from launchready.wire.client_hello import ClientHello, Flight, agrees_to_sslv2, read_flight, sslv2_hello

_MOST_BYTES = 1 << 18
"""A first flight with a very long chain has some 30 kB; whoever sends more is not answering us."""
_CIPHERS = "ALL:COMPLEMENTOFALL:!aNULL:!PSK:!SRP:@SECLEVEL=0"
"""Without aNULL, as an anonymous session would show no certificate."""
_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT: also talk to servers without RFC 5746. Named in ssl from Python 3.12 on."""
_FINITE_FIELD = frozenset(
    code for code, name in NAMES.items() if name.startswith(("TLS_DHE_", "TLS_DH_anon_"))
)
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL)
_ALERT_PREFIX = re.compile(r"^(SSLV3|TLSV1|TLSV13)_ALERT_")
"""OpenSSL names an alert after the version that brought it in, which says nothing about this connection."""
_CLIENT_CERTIFICATE_ALERTS = ("CERTIFICATE_REQUIRED", "HANDSHAKE_FAILURE", "BAD_CERTIFICATE")


class Admission(Protocol):
    """What asks leave before each connection: scope, addresses, consent and budget. It raises Refused."""

    async def admit(self, host: str, address: str, port: int) -> None:
        """Return when a connection may be made now."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The trusted roots, DER: those that browsers bring along, and those that the portal file adds."""

    public: tuple[bytes, ...]
    private: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Handshake:
    """How a real handshake went.

    Attributes:
        end: tls (a session came about), alert, closed, plain-http, or not-tls.
        detail: in words, for every end but tls.
        version, suite: what was agreed; the suite by its OpenSSL name.
        presented: certificates as sent, DER, leaf first.
        verified: the chain that OpenSSL built, DER, leaf first, root last; empty when it built none.
        code, text: OpenSSL's verify result, 0 and empty for good.
    """

    end: str
    detail: str = ""
    version: str = ""
    suite: str = ""
    presented: tuple[bytes, ...] = ()
    verified: tuple[bytes, ...] = ()
    code: int = 0
    text: str = ""


class TlsWire:
    """Opens connections, after asking the gate, to look at TLS and nothing else."""

    def __init__(
        self,
        gate: Admission,
        *,
        extra_ca: Sequence[Path | str] = (),
        public_ca: Path | str | None = None,
        timeout: float = 10.0,
        concurrency: int = 8,
    ) -> None:
        """Prepare; nothing is read or opened yet.

        Args:
            gate: asked before each connection.
            extra_ca: PEM files with further trusted roots.
            public_ca: PEM file of the public roots; certifi's by default.
            timeout: seconds for one connection, from first packet to last.
            concurrency: connections open at once, over all hosts.
        """
        self._gate = gate
        self._extra_ca = tuple(map(str, extra_ca))
        self._public_ca = str(public_ca or certifi.where())
        self._timeout = timeout
        self._free = asyncio.Semaphore(concurrency)

    @cached_property
    def roots(self) -> Roots:
        """The trusted roots. Raises UsageError when a file of them cannot be read."""
        return Roots(
            _certificates(self._public_ca), tuple(c for path in self._extra_ca for c in _certificates(path))
        )

    async def handshake(self, host: str, address: str, port: int) -> Handshake:
        """Make a session as a browser would, once verifying and, if that fails, once more to see the chain.

        Raises:
            Refused, ConnectionRefused, TimedOut, Unreachable.
        """
        verdict = await self._handshake(self._verifying, host, address, port)
        if verdict.code == 0:
            return verdict
        seen = await self._handshake(self._lenient, host, address, port)
        return Handshake(
            seen.end, seen.detail, seen.version, seen.suite, seen.presented, (), verdict.code, verdict.text
        )

    async def offer(self, hello: ClientHello, host: str, address: str, port: int) -> Flight:
        """Make one offer and read the answer.

        Raises:
            Refused, ConnectionRefused, TimedOut, Unreachable.
        """
        data = b""
        async with self._connection(host, address, port) as (reader, writer):
            writer.write(hello.encode())
            while True:
                chunk = await _read(reader)
                data += chunk
                flight = read_flight(data, _FINITE_FIELD, closed=not chunk or len(data) > _MOST_BYTES)
                if flight is not None:
                    return flight

    async def agrees_to_sslv2(self, host: str, address: str, port: int) -> bool:
        """Whether the server takes up an offer of SSLv2. Raises as `offer`."""
        async with self._connection(host, address, port) as (reader, writer):
            writer.write(sslv2_hello())
            return agrees_to_sslv2(await _read(reader))

    @cached_property
    def _verifying(self) -> ssl.SSLContext:
        context = self._context()
        context.verify_mode = ssl.CERT_REQUIRED
        context.check_hostname = True
        context.hostname_checks_common_name = False  # as in browsers
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # an extra CA may be an intermediate one
        context.load_verify_locations(cadata=b"".join((*self.roots.public, *self.roots.private)))
        return context

    @cached_property
    def _lenient(self) -> ssl.SSLContext:
        return self._context()

    @staticmethod
    def _context() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers(_CIPHERS)
        context.set_alpn_protocols(["h2", "http/1.1"])
        context.options |= _LEGACY_SERVER_CONNECT
        return context

    async def _handshake(self, context: ssl.SSLContext, host: str, address: str, port: int) -> Handshake:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = context.wrap_bio(incoming, outgoing, server_hostname=host)
        first = b""
        async with self._connection(host, address, port) as (reader, writer):
            while True:
                try:
                    session.do_handshake()
                except ssl.SSLWantReadError:
                    writer.write(outgoing.read())
                    chunk = await _read(reader)
                    first = (first + chunk)[:64]
                    if chunk:
                        incoming.write(chunk)
                    else:
                        incoming.write_eof()
                except ssl.SSLCertVerificationError as error:
                    writer.write(outgoing.read())
                    return Handshake("tls", code=error.verify_code, text=error.verify_message.rstrip("."))
                except ssl.SSLError as error:
                    return _failed(session, error, first)
                else:
                    writer.write(outgoing.read())
                    return _session(session)

    @asynccontextmanager
    async def _connection(
        self, host: str, address: str, port: int
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection that the gate allows, closed at the end, all of it within the time-out."""
        async with self._free:
            await self._gate.admit(host, address, port)
            writer = None
            try:
                async with asyncio.timeout(self._timeout):
                    reader, writer = await asyncio.open_connection(address, port)
                    yield reader, writer
            except TimeoutError as error:
                raise TimedOut(
                    f"{host} ({address}, port {port}) did not answer within {self._timeout:g} s"
                ) from error
            except ConnectionRefusedError as error:
                raise ConnectionRefused(f"{host} ({address}) refuses connections to port {port}") from error
            except OSError as error:
                raise _unreachable(host, address, port, error) from error
            finally:
                if writer:
                    writer.close()
                    with suppress(OSError, TimeoutError):
                        async with asyncio.timeout(1):
                            await writer.wait_closed()


def _unreachable(host: str, address: str, port: int, error: OSError) -> Unreachable:
    reason = (os.strerror(error.errno) if error.errno else type(error).__name__).lower()
    trouble = Unreachable(f"{host} ({address}, port {port}) cannot be reached: {reason}")
    if ":" in address and error.errno in _NO_ROUTE:
        trouble.settle_by = "run the audit on a machine that has IPv6"
    return trouble


async def _read(reader: asyncio.StreamReader) -> bytes:
    """What comes next; nothing at the end, and a connection cut off ends too."""
    try:
        return await reader.read(1 << 14)
    except ConnectionError:
        return b""


def _session(session: ssl.SSLObject) -> Handshake:
    cipher = session.cipher()
    name = cipher[0] if cipher else ""
    return Handshake(
        "tls",
        version=session.version() or "",
        suite=name,
        presented=_chain(session, "get_unverified_chain"),
        verified=_chain(session, "get_verified_chain"),
    )


def _failed(session: ssl.SSLObject, error: ssl.SSLError, first: bytes) -> Handshake:
    """Why there is no session. A server that wants a client's certificate has shown its own by then."""
    reason = error.reason or ""
    flight = read_flight(first, _FINITE_FIELD)
    if flight is not None and flight.end in ("plain-http", "not-tls"):
        return Handshake(flight.end, flight.detail)
    presented = _chain(session, "get_unverified_chain")
    if presented and any(alert in reason for alert in _CLIENT_CERTIFICATE_ALERTS):
        return Handshake(
            "tls",
            version=session.version() or "",
            presented=presented,
            verified=_chain(session, "get_verified_chain"),
        )
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or not first:
        return Handshake("closed", "the connection was closed in the handshake")
    said = _ALERT_PREFIX.sub("", reason).lower().replace("_", " ")
    return Handshake("alert", said or "no common settings")


def _chain(session: ssl.SSLObject, method: str) -> tuple[bytes, ...]:
    """A chain as DER. The methods are public on the session from Python 3.13 on, one level down before."""
    public: Callable[[], Sequence[bytes]] | None = getattr(session, method, None)
    if public is not None:
        return tuple(public())
    inner: Any = session._sslobj  # type: ignore[attr-defined]  # noqa: SLF001 -- see above
    return tuple(each.public_bytes(2) for each in getattr(inner, method)() or ())  # 2 is _ssl.ENCODING_DER


def _certificates(path: str) -> tuple[bytes, ...]:
    """Every certificate of a PEM file."""
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
        found = tuple(map(ssl.PEM_cert_to_DER_cert, _blocks(text)))
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except ValueError as error:
        raise UsageError(f"{path} holds a certificate that is not valid PEM") from error
    if not found:
        raise UsageError(f"{path} holds no certificate in PEM")
    return found


def _blocks(text: str) -> list[str]:
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    return [begin + part.partition(end)[0] + end for part in text.split(begin)[1:]]

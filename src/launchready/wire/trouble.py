"""What went wrong on the wire, as one of our errors: one sentence that holds no secret."""

import errno
import ssl
from dataclasses import dataclass

import aiohttp

from launchready.errors import ConnectionRefused, TimedOut, TlsFailed, Unreachable, WireError

_NO_ROUTE = frozenset(
    (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EINVAL)
)
_NOT_TLS = frozenset(
    ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
)
_TLS_ALERT = ("\\x15\\x03", "\x15\x03")
"""How the first bytes of a TLS alert look in the complaint of an HTTP parser."""


class DroppedError(Unreachable):
    """The connection ended before an answer: worth one more try."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request went."""

    scheme: str
    host: str
    port: int
    address: str = ""

    def __str__(self) -> str:
        address = f"{self.address}, " if self.address not in ("", self.host) else ""
        return f"{self.host} ({address}port {self.port})"


def another_address_may_do(error: Exception) -> bool:
    """Whether it was this one address that could not be connected to."""
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return True
    if not isinstance(error, aiohttp.ClientConnectorError) or isinstance(error, aiohttp.ClientSSLError):
        return False
    return error.errno == errno.ECONNREFUSED or error.errno in _NO_ROUTE


def explained(error: Exception, place: Place) -> WireError:
    """Our error for one of the HTTP client's."""
    match error:
        case WireError():
            return error
        case aiohttp.ClientConnectorCertificateError():
            inner = error.certificate_error
            said = inner.verify_message if isinstance(inner, ssl.SSLCertVerificationError) else str(inner)
            return TlsFailed(f"the certificate of {place} does not hold: {said.rstrip('.')}")
        case aiohttp.ClientConnectorError():
            return _not_connected(error.os_error, place)
        case aiohttp.ConnectionTimeoutError():
            return TimedOut(f"{place} did not take the connection in time")
        case aiohttp.ClientResponseError():
            if any(alert in error.message for alert in _TLS_ALERT):
                return Unreachable(f"{place} speaks TLS where plain http was expected")
            return Unreachable(f"{place} answers, but not with valid HTTP")
        case aiohttp.ServerDisconnectedError() | ConnectionError():
            return DroppedError(f"{place} closed the connection without an answer")
        case _:
            return Unreachable(f"{place} gave no usable answer ({type(error).__name__})")


def _not_connected(error: OSError, place: Place) -> WireError:
    """Why there is no connection, or no TLS session on it."""
    if isinstance(error, ssl.SSLError):
        reason = error.reason or ""
        if reason in _NOT_TLS:
            return TlsFailed(f"{place} answers, but does not speak TLS; is it plain http?")
        words = reason.lower().replace("_", " ") or "no reason given"
        return TlsFailed(f"no TLS session with {place}: {words}")
    if isinstance(error, ConnectionRefusedError):
        return ConnectionRefused(f"{place} refuses connections")
    if isinstance(error, ConnectionError):
        if place.scheme == "https":
            return TlsFailed(f"{place} closed the connection in the TLS handshake")
        return DroppedError(f"{place} dropped the connection")
    return Unreachable(f"{place} cannot be reached: {(error.strerror or type(error).__name__).lower()}")

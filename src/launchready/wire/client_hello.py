"""One offer to a TLS server, and its answer as far as it is readable without keys.

Local TLS libraries cannot offer what they no longer know (SSLv3, RC4, export suites), so the offer is written
byte by byte. Up to TLS 1.2 the server's whole first flight is in the clear: version, suite, certificates,
stapled OCSP answer, Diffie-Hellman prime. Of TLS 1.3 only the choice of version and suite is. Pure: bytes in,
bytes out.
"""

import os
from dataclasses import dataclass

VERSIONS = {"SSLv3": 0x0300, "TLSv1": 0x0301, "TLSv1.1": 0x0302, "TLSv1.2": 0x0303, "TLSv1.3": 0x0304}
VERSION_NAMES = {number: name for name, number in VERSIONS.items()}

_HANDSHAKE, _ALERT = 22, 21
_SERVER_HELLO, _CERTIFICATE, _SERVER_KEY_EXCHANGE = 2, 11, 12
_CERTIFICATE_REQUEST, _SERVER_HELLO_DONE, _CERTIFICATE_STATUS = 13, 14, 22
_SCT_EXTENSION, _SUPPORTED_VERSIONS = 18, 43
_NAME_WARNING = (1, 112)
"""A warning that the host name is unknown; the handshake goes on (RFC 6066)."""
_SCSV = 0x00FF
"""RFC 5746: says that we know secure renegotiation, without an extension."""
_LONGEST_RECORD = 16384 + 2048
_PADDED_TO = 517
"""RFC 7685: some servers hang on a hello of 256 to 511 bytes; browsers pad theirs to pass them by."""

_GROUPS = (29, 23, 24, 25, 30, 22, 21, 19, 28, 27, 26)
"""x25519, secp256r1, secp384r1, secp521r1, x448; then curves that only a weak or odd certificate needs:
secp256k1, secp224r1, secp192r1, brainpool. No ffdhe: with it servers would not show a prime of their own."""
_SIGNATURES = (
    0x0403,
    0x0503,
    0x0603,
    0x0807,
    0x0808,
    0x0804,
    0x0805,
    0x0806,
    0x0809,
    0x080A,
    0x080B,
    0x0401,
    0x0501,
    0x0601,
    0x0402,
    0x0303,
    0x0301,
    0x0302,
    0x0203,
    0x0201,
    0x0202,
)
"""Every scheme in use, the old ones with SHA-1 and DSA last (IANA TLS SignatureScheme)."""

_SSLV2_KINDS = bytes.fromhex("010080 020080 030080 040080 050080 060040 0700c0")

ALERTS = {
    0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow", 40:
    "handshake_failure", 42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45:
    "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49:
    "access_denied", 50: "decode_error", 51: "decrypt_error", 70: "protocol_version", 71:
    "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled", 109:
    "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name", 113:
    "bad_certificate_status_response", 115: "unknown_psk_identity", 116: "certificate_required", 120:
    "no_application_protocol",
}  # fmt: skip
"""IANA TLS Alerts."""


@dataclass(frozen=True, slots=True)
class ClientHello:
    """An offer: one protocol version and these suites.

    Attributes:
        version: SSLv3, TLSv1 ... TLSv1.3; exactly that one is wanted.
        suites: by IANA number, the preferred first.
        name: host name for SNI; empty for none (IP addresses have none, RFC 6066).
        compression: offer DEFLATE beside no compression.
    """

    version: str
    suites: tuple[int, ...]
    name: str = ""
    compression: bool = False

    def encode(self) -> bytes:
        """The bytes of one record."""
        number = VERSIONS[self.version]
        modern = self.version == "TLSv1.3"
        suites = self.suites if modern else (*self.suites, _SCSV)
        body = (
            _u16(min(number, 0x0303))
            + os.urandom(32)
            + _vector8(os.urandom(32) if modern else b"")
            + _vector16(b"".join(map(_u16, suites)))
            + _vector8(b"\x01\x00" if self.compression else b"\x00")
        )
        if number > VERSIONS["SSLv3"]:
            extensions = self._extensions(modern=modern)
            short = _PADDED_TO - len(body) - 2 - len(extensions) - 4 - 9
            if short > 0:
                extensions += _extension(21, bytes(short))
            body += _vector16(extensions)
        message = b"\x01" + len(body).to_bytes(3, "big") + body
        return bytes([_HANDSHAKE]) + _u16(min(number, 0x0301)) + _vector16(message)

    def _extensions(self, *, modern: bool) -> bytes:
        made = b""
        if self.name:
            made += _extension(0, _vector16(b"\x00" + _vector16(self.name.encode("ascii"))))
        made += _extension(5, b"\x01\x00\x00\x00\x00")  # stapled OCSP, any responder
        made += _extension(10, _vector16(b"".join(map(_u16, _GROUPS))))
        made += _extension(11, b"\x01\x00")  # uncompressed points
        made += _extension(16, _vector16(_vector8(b"http/1.1")))
        made += _extension(_SCT_EXTENSION, b"")
        if self.version in ("TLSv1.2", "TLSv1.3"):
            made += _extension(13, _vector16(b"".join(map(_u16, _SIGNATURES))))
        if modern:
            made += _extension(_SUPPORTED_VERSIONS, _vector8(_u16(VERSIONS["TLSv1.3"])))
            # Any 32 bytes are an x25519 share; we never finish, so nobody needs the private half.
            made += _extension(51, _vector16(_u16(29) + _vector16(os.urandom(32))))
        return made


def sslv2_hello() -> bytes:
    """An offer of SSLv2, whose messages look nothing like later ones."""
    lengths = _u16(len(_SSLV2_KINDS)) + _u16(0) + _u16(16)
    message = b"\x01\x00\x02" + lengths + _SSLV2_KINDS + os.urandom(16)
    return _u16(0x8000 | len(message)) + message


def agrees_to_sslv2(answer: bytes) -> bool:
    """Whether this is a SERVER-HELLO of SSLv2 that offers at least one kind of cipher."""
    return (
        len(answer) >= 11
        and answer[0] & 0x80 != 0
        and answer[2] == 4
        and answer[5:7] == b"\x00\x02"
        and int.from_bytes(answer[9:11], "big") > 0
    )


@dataclass(frozen=True, slots=True)
class Flight:
    """A server's answer to one offer.

    Attributes:
        end: hello (it agreed), alert, closed, plain-http, or not-tls.
        detail: the alert's name, or the first bytes of what is no TLS.
        version, suite: what was agreed; suite is the IANA number.
        compression: 1 is DEFLATE.
        certificates: DER, as sent.
        staple: the stapled OCSP response, DER; empty for none.
        timestamps: SCTs in the ServerHello.
        dh_bits: size of the Diffie-Hellman prime, 0 for other key exchanges.
        asks_client_certificate: there is a CertificateRequest.
        complete: the flight was seen to its end.
    """

    end: str
    detail: str = ""
    version: str = ""
    suite: int = 0
    compression: int = 0
    certificates: tuple[bytes, ...] = ()
    staple: bytes = b""
    timestamps: int = 0
    dh_bits: int = 0
    asks_client_certificate: bool = False
    complete: bool = False


def read_flight(data: bytes, finite_field: frozenset[int], *, closed: bool = False) -> Flight | None:
    """Read what the server has sent so far; None while more is to come.

    Args:
        data: everything received.
        finite_field: suites whose ServerKeyExchange begins with a Diffie-Hellman prime.
        closed: nothing more will come.
    """
    messages, alert, strange = _unwrap(data)
    if strange:
        return Flight(_what_else(data), detail=_printable(data))
    try:
        found = _interpret(messages, finite_field)
    except IndexError:
        return Flight("closed", detail="a ServerHello that breaks off")
    if found is None:
        if alert is not None:
            return Flight("alert", detail=ALERTS.get(alert, f"alert {alert}"))
        return Flight("closed") if closed else None
    return found if found.complete or closed or alert is not None else None


def _what_else(data: bytes) -> str:
    return "plain-http" if data[:5].upper() == b"HTTP/" or data.lstrip()[:1] == b"<" else "not-tls"


def _printable(data: bytes) -> str:
    line = data[:40].partition(b"\r")[0].partition(b"\n")[0]
    return "".join(chr(b) if 32 <= b < 127 else "." for b in line)


def _unwrap(data: bytes) -> tuple[bytes, int | None, bool]:
    """Handshake bytes from the records, the alert that ended them, and whether this is no TLS at all."""
    handshake, position = b"", 0
    while position + 5 <= len(data):
        kind, major, length = (
            data[position],
            data[position + 1],
            int.from_bytes(data[position + 3 : position + 5], "big"),
        )
        if not 20 <= kind <= 23 or major != 3 or length > _LONGEST_RECORD:
            return handshake, None, position == 0
        content = data[position + 5 : position + 5 + length]
        if len(content) < length:
            break
        position += 5 + length
        if kind == _HANDSHAKE:
            handshake += content
        elif kind == _ALERT and len(content) >= 2 and tuple(content[:2]) != _NAME_WARNING:
            return handshake, content[1], False
    strange = position == 0 and len(data) >= 2 and (not 20 <= data[0] <= 23 or data[1] != 3)
    return handshake, None, strange


def _interpret(data: bytes, finite_field: frozenset[int]) -> Flight | None:
    """What the handshake messages say; None before there is a whole ServerHello."""
    hello: _Hello | None = None
    certificates: tuple[bytes, ...] = ()
    staple, dh_bits, asks, done = b"", 0, False, False
    position = 0
    while position + 4 <= len(data) and not done:
        kind, length = data[position], int.from_bytes(data[position + 1 : position + 4], "big")
        body = data[position + 4 : position + 4 + length]
        if len(body) < length:
            break
        position += 4 + length
        if kind == _SERVER_HELLO:
            hello = _Hello.read(body)
            done = hello.version == "TLSv1.3"
        elif kind == _CERTIFICATE:
            certificates = tuple(_vectors24(body[3:]))
        elif kind == _CERTIFICATE_STATUS and body[:1] == b"\x01":
            staple = body[4:]
        elif kind == _SERVER_KEY_EXCHANGE:
            dh_bits = _dh_bits(body) if hello and hello.suite in finite_field else 0
        elif kind == _CERTIFICATE_REQUEST:
            asks = True
        done = done or kind == _SERVER_HELLO_DONE
    if hello is None:
        return None
    return Flight(
        "hello",
        version=hello.version,
        suite=hello.suite,
        compression=hello.compression,
        certificates=certificates,
        staple=staple,
        timestamps=hello.timestamps,
        dh_bits=dh_bits,
        asks_client_certificate=asks,
        complete=done,
    )


@dataclass(frozen=True, slots=True)
class _Hello:
    version: str
    suite: int
    compression: int
    timestamps: int

    @classmethod
    def read(cls, body: bytes) -> "_Hello":
        number, after = int.from_bytes(body[:2], "big"), 35 + body[34]
        suite, compression = int.from_bytes(body[after : after + 2], "big"), body[after + 2]
        timestamps, rest = 0, body[after + 5 :]
        while len(rest) >= 4:
            kind, length = int.from_bytes(rest[:2], "big"), int.from_bytes(rest[2:4], "big")
            value, rest = rest[4 : 4 + length], rest[4 + length :]
            if kind == _SUPPORTED_VERSIONS:
                number = int.from_bytes(value, "big")
            elif kind == _SCT_EXTENSION:
                timestamps = len(list(_vectors16(value[2:])))
        return cls(VERSION_NAMES.get(number, f"0x{number:04x}"), suite, compression, timestamps)


def _dh_bits(key_exchange: bytes) -> int:
    """Size of the Diffie-Hellman prime, which comes first."""
    return int.from_bytes(key_exchange[2 : 2 + int.from_bytes(key_exchange[:2], "big")], "big").bit_length()


def _vectors24(data: bytes) -> list[bytes]:
    return _vectors(data, 3)


def _vectors16(data: bytes) -> list[bytes]:
    return _vectors(data, 2)


def _vectors(data: bytes, width: int) -> list[bytes]:
    """The items of a list, each with its length in front."""
    items, position = [], 0
    while position + width <= len(data):
        length = int.from_bytes(data[position : position + width], "big")
        items.append(data[position + width : position + width + length])
        position += width + length
    return items


def _u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _vector8(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def _vector16(data: bytes) -> bytes:
    return _u16(len(data)) + data


def _extension(kind: int, data: bytes) -> bytes:
    return _u16(kind) + _vector16(data)

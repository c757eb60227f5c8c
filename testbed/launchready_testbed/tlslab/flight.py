"""How does a server answer that agrees to something no present-day library will do?

A client's offer is read, and the first flight of a handshake up to TLS 1.2 is written by hand: ServerHello,
Certificate, CertificateStatus, ServerKeyExchange, ServerHelloDone. What is agreed is real and is seen by
every scanner; the handshake is never finished.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from launchready_testbed.tlslab.issuing import Signer, key, sct_list

SSL3, TLS10, TLS11, TLS12 = 0x0300, 0x0301, 0x0302, 0x0303
_SUPPORTED_VERSIONS, _STATUS_REQUEST, _SCT = 43, 5, 18

DH_PRIMES = {
    # 512 bits: the export-grade prime of old Apache releases, the one that the Logjam paper broke.
    512: int(
        "9FDB8B8A004544F0045F1737D0BA2E0B274CDF1A9F588218FB435316A16E374171FD19D8D8F37C39BF863FD60E3E300680A3030C6E4C3757"
        "D08F70E6AA871033",
        16,
    ),
    # 768 and 1024 bits: Oakley groups 1 and 2 (RFC 2409); 2048 bits: group 14 (RFC 3526).
    768: int(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF95"
        "19B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF",
        16,
    ),
    1024: int(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF95"
        "19B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB"
        "5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
        16,
    ),
    2048: int(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF95"
        "19B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB"
        "5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3"
        "AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E8603"
        "9B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFF"
        "FFFFFFFFFFFF",
        16,
    ),
}


@dataclass(frozen=True)
class Offer:
    """A ClientHello, as far as a server looks at it."""

    version: int
    """The newest version that the client would take."""
    suites: tuple[int, ...]
    compressions: bytes
    random: bytes
    name: str
    extensions: frozenset[int]

    @classmethod
    def read(cls, record: bytes) -> Offer:
        """Reads the first record of a connection; raises ValueError when it is no ClientHello."""
        if len(record) < 44 or record[0] != 22 or record[5] != 1:
            raise ValueError("no ClientHello")
        body = record[9:]
        version, random, rest = int.from_bytes(body[:2], "big"), body[2:34], body[34:]
        _session, rest = _split(rest, 1)
        suites, rest = _split(rest, 2)
        compressions, rest = _split(rest, 1)
        extensions = dict(_extensions(_split(rest, 2)[0])) if rest else {}
        if offered := extensions.get(_SUPPORTED_VERSIONS):
            version = max(version, *(v for v in _numbers(offered[1:]) if v & 0x0F0F != 0x0A0A))
        name = extensions.get(0, b"")[5:].decode("ascii", "replace")
        return cls(version, tuple(_numbers(suites)), compressions, random, name, frozenset(extensions))


@dataclass(frozen=True)
class ByHand:
    """What the server agrees to by hand; what does not fit is left to the library.

    Attributes:
        suites: agreed to, in this order, with clients whose newest version is one of `versions`.
        dh_bits: size of the Diffie-Hellman prime for suites that need one.
        deflate: agree to compression when it is offered.
        staple: an OCSP answer for those who ask for one.
        scts: timestamps in the ServerHello for those who ask for them.
    """

    versions: tuple[int, ...]
    suites: tuple[int, ...]
    dh_bits: int = 1024
    deflate: bool = False
    staple: bytes = b""
    scts: int = 0

    def answer(self, offer: Offer, chain: tuple[Signer, ...]) -> bytes:
        """The flight, or nothing when the offer does not fit."""
        suite = next((each for each in self.suites if each in offer.suites), None)
        wanted = (not self.deflate or 1 in offer.compressions) and (
            not self.staple or _STATUS_REQUEST in offer.extensions
        )
        if suite is None or offer.version not in self.versions or not wanted:
            return b""
        return _flight(offer, suite, self, chain)


_ANONYMOUS = frozenset((0x17, 0x18, 0x19, 0x1A, 0x1B, 0x34, 0x3A, 0x6C, 0x6D, 0xA6, 0xA7))
_FINITE = _ANONYMOUS | {0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x33, 0x39, 0x67, 0x6B, 0x9E, 0x9F}
_ELLIPTIC = frozenset(
    (0xC007, 0xC008, 0xC009, 0xC00A, 0xC011, 0xC012, 0xC013, 0xC014, 0xC02B, 0xC02F, 0xC02C, 0xC030)
)


def _flight(offer: Offer, suite: int, script: ByHand, chain: tuple[Signer, ...]) -> bytes:
    random = os.urandom(32)
    extensions = _u16(0xFF01) + _v16(b"\x00") if _renegotiates(offer) else b""
    stapled = bool(script.staple) and _STATUS_REQUEST in offer.extensions
    if stapled:
        extensions += _u16(_STATUS_REQUEST) + _u16(0)
    if script.scts and _SCT in offer.extensions:
        extensions += _u16(_SCT) + _v16(sct_list(script.scts))
    hello = _u16(offer.version) + random + b"\x20" + os.urandom(32) + _u16(suite) + bytes([script.deflate])
    messages = _message(2, hello + (_v16(extensions) if extensions else b""))
    if suite not in _ANONYMOUS:
        messages += _message(11, _v24(b"".join(_v24(each.der) for each in chain)))
    if stapled:
        messages += _message(22, b"\x01" + _v24(script.staple))
    if suite in _FINITE:
        prime = DH_PRIMES[script.dh_bits]
        size = script.dh_bits // 8
        public = pow(2, int.from_bytes(os.urandom(size - 1), "big"), prime)
        parameters = _v16(prime.to_bytes(size, "big")) + _v16(b"\x02") + _v16(public.to_bytes(size, "big"))
        signature = b"" if suite in _ANONYMOUS else _signature(offer, random, parameters, chain[0])
        messages += _message(12, parameters + signature)
    elif suite in _ELLIPTIC:
        share = key("P-256", "ephemeral").public_key()
        point = share.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        parameters = b"\x03" + _u16(23) + bytes([len(point)]) + point
        messages += _message(12, parameters + _signature(offer, random, parameters, chain[0]))
    messages += _message(14, b"")
    return b"".join(
        b"\x16" + _u16(offer.version) + _v16(messages[start : start + 16000])
        for start in range(0, len(messages), 16000)
    )


def _renegotiates(offer: Offer) -> bool:
    """Whether the client knows secure renegotiation; many will not go on with a server that does not."""
    return 0x00FF in offer.suites or 0xFF01 in offer.extensions


def _signature(offer: Offer, random: bytes, parameters: bytes, signer: Signer) -> bytes:
    """The signature over the key exchange: a real one for TLS 1.2, noise before, where nobody checks it."""
    if offer.version < TLS12:
        return _v16(os.urandom(256))
    signed = offer.random + random + parameters
    if isinstance(signer.key, rsa.RSAPrivateKey):
        return _u16(0x0401) + _v16(signer.key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))
    assert isinstance(signer.key, ec.EllipticCurvePrivateKey)
    return _u16(0x0403) + _v16(signer.key.sign(signed, ec.ECDSA(hashes.SHA256())))


def sslv2_server_hello(leaf: Signer) -> bytes:
    """An SSLv2 SERVER-HELLO with one kind of cipher, RC4 with 128 bits."""
    body = (
        b"\x04\x00\x01\x00\x02"
        + _u16(len(leaf.der))
        + _u16(3)
        + _u16(16)
        + leaf.der
        + b"\x01\x00\x80"
        + bytes(16)
    )
    return _u16(0x8000 | len(body)) + body


def alert(description: int, *, version: int = TLS12, level: int = 2) -> bytes:
    """An alert record."""
    return b"\x15" + _u16(version) + b"\x00\x02" + bytes([level, description])


def dh_parameters(bits: int) -> str:
    """PEM of the parameters that many servers of the time shared."""
    prime = _der(2, b"\x00" + DH_PRIMES[bits].to_bytes(bits // 8, "big"))
    der = _der(0x30, prime + _der(2, b"\x02"))
    body = base64.encodebytes(der).decode()
    return f"-----BEGIN DH PARAMETERS-----\n{body}-----END DH PARAMETERS-----\n"


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _split(data: bytes, width: int) -> tuple[bytes, bytes]:
    end = width + int.from_bytes(data[:width], "big")
    return data[width:end], data[end:]


def _numbers(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data) - 1, 2)]


def _extensions(data: bytes) -> list[tuple[int, bytes]]:
    found = []
    while len(data) >= 4:
        value, rest = _split(data[2:], 2)
        found.append((int.from_bytes(data[:2], "big"), value))
        data = rest
    return found


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _v24(body)


def _u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _v16(data: bytes) -> bytes:
    return _u16(len(data)) + data


def _v24(data: bytes) -> bytes:
    return len(data).to_bytes(3, "big") + data

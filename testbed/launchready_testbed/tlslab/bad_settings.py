"""Hosts with a sound certificate that agree to what they should refuse, and hosts that let nobody look."""

from __future__ import annotations

import ssl
from typing import Any

from launchready_testbed.tlslab.case import Case, Word
from launchready_testbed.tlslab.flight import SSL3, TLS10, TLS11, TLS12, ByHand, Offer, alert, dh_parameters
from launchready_testbed.tlslab.issuing import Authorities, issue
from launchready_testbed.tlslab.server import PLAIN, Manner

_V = ssl.TLSVersion
_OLD = "DEFAULT:@SECLEVEL=0"


def _with(*, kind: str = "RSA-2048", **choices: Any) -> Any:
    """A listener with a sound certificate, that differs from a sound one by `choices`."""

    def build(by: Authorities, host: str) -> Manner:
        return Manner((issue(by.private_issuer, host, kind=kind), by.private_issuer), **choices)

    return build


def _hand(*suites: int, versions: tuple[int, ...] = (TLS12,), **choices: Any) -> Any:
    return _with(by_hand=(ByHand(versions, suites, **choices),))


def _one_node(by: Authorities, host: str) -> tuple[Manner, Manner]:
    chain = (issue(by.private_issuer, host, kind="RSA-2048"), by.private_issuer)
    return Manner(chain), Manner(chain, oldest=_V.TLSv1, ciphers=_OLD)


def _always(description: int) -> Any:
    def refuses(_offer: Offer) -> int:
        return description

    return refuses


def _before_tls12(offer: Offer) -> bool:
    return offer.version < TLS12


def _fault(name: str, says: str, word: str, build: Any, certificate: Word = "pass") -> Case:
    return Case(name, says, certificate, "fail", (word,), build)


def _shut(name: str, says: str, word: str, build: Any) -> Case:
    return Case(name, says, "unknown", "unknown", (word,), build)


CASES: tuple[Case, ...] = (
    _fault(
        "tls10", "TLS 1.0 is accepted beside newer versions.", "TLS 1.0", _with(oldest=_V.TLSv1, ciphers=_OLD)
    ),
    _fault(
        "tls11",
        "TLS 1.1 is accepted beside newer versions.",
        "TLS 1.1",
        _with(oldest=_V.TLSv1_1, ciphers=_OLD),
    ),
    _fault(
        "tls10-only",
        "Nothing newer than TLS 1.0 is spoken.",
        "TLS 1.0",
        _with(oldest=_V.TLSv1, newest=_V.TLSv1, ciphers=_OLD),
    ),
    _fault("sslv3", "SSLv3 is accepted.", "SSLv3", _hand(0x000A, 0x002F, versions=(SSL3,))),
    _fault("sslv2", "SSLv2 is accepted.", "SSLv2", _with(sslv2=True)),
    _fault(
        "null",
        "Suites without encryption.",
        "no encryption",
        _with(
            newest=_V.TLSv1_2,
            ciphers="ECDHE-RSA-NULL-SHA:NULL-SHA256:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
        ),
    ),
    _fault(
        "null-md5",
        "No encryption, and MD5 as MAC.",
        "TLS_RSA_WITH_NULL_MD5",
        _with(newest=_V.TLSv1_2, ciphers="ECDHE-RSA-AES128-GCM-SHA256:NULL-MD5:@SECLEVEL=0"),
    ),
    _fault(
        "anonymous",
        "Suites without a certificate.",
        "no authentication",
        _with(ciphers="ECDHE-RSA-AES128-GCM-SHA256:AECDH-AES256-SHA:@SECLEVEL=0"),
    ),
    _fault(
        "anonymous-dh",
        "Anonymous Diffie-Hellman.",
        "no authentication",
        _with(
            ciphers="ECDHE-RSA-AES128-GCM-SHA256:ADH-AES128-GCM-SHA256:@SECLEVEL=0", dh=dh_parameters(2048)
        ),
    ),
    _fault("rc4", "RC4 with TLS 1.2.", "RC4", _hand(0x0005, 0x0004)),
    _fault("rc4-elliptic", "RC4 with an elliptic curve.", "TLS_ECDHE_RSA_WITH_RC4_128_SHA", _hand(0xC011)),
    _fault("3des", "3DES, whose blocks are too short.", "64-bit blocks", _hand(0x000A, 0xC012)),
    _fault("idea", "IDEA, whose blocks are too short.", "TLS_RSA_WITH_IDEA_CBC_SHA", _hand(0x0007)),
    _fault("des", "DES with 56 bits.", "DES, 56 bits", _hand(0x0009)),
    _fault("export", "Export-grade RC4.", "export grade", _hand(0x0003, 0x0008)),
    _fault("export-rc2", "Export-grade RC2.", "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", _hand(0x0006)),
    _fault("logjam", "Export-grade Diffie-Hellman over 512 bits.", "512 bits", _hand(0x0014, dh_bits=512)),
    _fault(
        "rc4-old-only",
        "RC4 with TLS 1.0 only; newer versions are sound.",
        "RC4",
        _hand(0x0005, versions=(TLS10,)),
    ),
    _fault("3des-tls11", "3DES with TLS 1.1.", "TLS 1.1", _hand(0x000A, versions=(TLS11,))),
    _fault(
        "dh-1024",
        "Diffie-Hellman over a prime of 1024 bits.",
        "1024 bits",
        _with(
            ciphers="DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
            dh=dh_parameters(1024),
        ),
    ),
    _fault(
        "dh-1024-last",
        "Diffie-Hellman over 1024 bits, which the server likes least.",
        "1024 bits",
        _with(
            ciphers="ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-SHA256:@SECLEVEL=0", dh=dh_parameters(1024)
        ),
    ),
    _fault("dh-768", "Diffie-Hellman over a prime of 768 bits.", "768 bits", _hand(0x009E, dh_bits=768)),
    _fault("compression", "TLS compression.", "compression", _hand(0x009C, 0xC02F, deflate=True)),
    _fault("one-node-old", "Of two addresses one accepts TLS 1.0.", "127.0.0.2", _one_node),
    _fault(
        "plain-http",
        "Plain http on the https port.",
        "no TLS at all",
        lambda *_: Manner(instead=PLAIN),
        "unknown",
    ),
    _fault(
        "ssh",
        "Something else than TLS on the https port.",
        "SSH-2.0",
        lambda *_: Manner(instead=b"SSH-2.0-OpenSSH_9.2\r\n", greets_first=True),
        "unknown",
    ),
    Case(
        "ignores-old",
        "Old versions are neither accepted nor declined: nobody can tell.",
        "pass",
        "unknown",
        ("did not answer",),
        _with(ignores=_before_tls12),
    ),
    _shut("closed-port", "Nobody listens.", "refuses connections", lambda *_: Manner(closed=True)),
    _shut(
        "silent",
        "Connections are accepted and never answered.",
        "did not answer",
        lambda *_: Manner(silent=True),
    ),
    _shut("hangs-up", "Every connection is closed at once.", "closed", lambda *_: Manner(instead=b"")),
    _shut(
        "always-alert", "Every offer is declined.", "handshake failure", lambda *_: Manner(instead=alert(40))
    ),
    _shut("name-unknown", "The server knows no such host.", "unrecognized name", _with(refuses=_always(112))),
    _shut(
        "truncated",
        "A ServerHello that breaks off.",
        "declined every offer",
        lambda *_: Manner(instead=b"\x16\x03\x03\x00\x08\x02\x00\x00\x04\x03\x03\x00\x00"),
    ),
)

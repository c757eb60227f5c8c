"""Hosts that look odd and are sound: whoever accuses them raises a false alarm."""

from __future__ import annotations

import ssl
from typing import Any

from cryptography import x509

from launchready_testbed.tlslab.bad_certificates import sound_chain
from launchready_testbed.tlslab.case import Case
from launchready_testbed.tlslab.flight import TLS12, ByHand, Offer, dh_parameters
from launchready_testbed.tlslab.issuing import Authorities, Signer, day, intermediate, issue, staple
from launchready_testbed.tlslab.server import Manner

_V = ssl.TLSVersion
_EVERYDAY = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5.7"), b"\x05\x00")


def _leaf(*names: str, **choices: Any) -> Any:
    def build(by: Authorities, host: str) -> Manner:
        return Manner((issue(by.private_issuer, *(names or (host,)), **choices), by.private_issuer))

    return build


def _public(hand: ByHand | None = None, **choices: Any) -> Any:
    def build(by: Authorities, host: str) -> Manner:
        leaf = issue(by.public_issuer, host, **({"scts": 2} | choices))
        return Manner((leaf, by.public_issuer), by_hand=(hand,) if hand else ())

    return build


def _with(**choices: Any) -> Any:
    def build(by: Authorities, host: str) -> Manner:
        return Manner(sound_chain(by, host), **choices)

    return build


def _unordered(by: Authorities, host: str) -> Manner:
    lower = intermediate(by.private, "Lab Middle CA", path_length=1)
    lowest = intermediate(lower, "Lab Lower CA", label="lower")
    return Manner((issue(lowest, host), lower, lowest))


def _extra(by: Authorities, host: str) -> Manner:
    return Manner((*sound_chain(by, host), by.unknown_issuer, by.public_issuer))


def _with_root(by: Authorities, host: str) -> Manner:
    return Manner((*sound_chain(by, host), by.private))


def _cross_signed(by: Authorities, host: str) -> Manner:
    """The known root's key once more, signed by an old CA that nobody knows and that has expired."""
    old = issue(None, common="Lab Old Root", label="old root", ca=True, ago=4000, left=-30)
    cross = issue(old, common="Lab Private Root", label="Private root", ca=True, ago=3000, left=-30)
    return Manner((*sound_chain(by, host), cross))


def _long_chain(by: Authorities, host: str) -> Manner:
    chain: list[Signer] = [by.private]
    for level in (2, 1, 0):
        chain.append(intermediate(chain[-1], f"Lab CA {level}", label=f"level {level}", path_length=level))
    names = [host, *(f"host-{number}.lab.test" for number in range(300))]
    return Manner((issue(chain[-1], *names), *reversed(chain)))


def _stapled(by: Authorities, host: str) -> Manner:
    leaf = issue(by.private_issuer, host, must_staple=True)
    script = ByHand((TLS12,), (0xC02B,), staple=staple(leaf, by.private_issuer))
    return Manner((leaf, by.private_issuer), by_hand=(script,))


def _needs_name(offer: Offer) -> int | None:
    return None if offer.name else 112


def _stern(offer: Offer) -> int | None:
    """Decline whoever does not come with TLS 1.2."""
    return None if offer.version >= TLS12 else 70


def _permitted(by: Authorities, host: str) -> Manner:
    limits = x509.NameConstraints([x509.DNSName("lab.test")], [x509.DNSName("evil.lab.test")])
    middle = intermediate(by.private, "Lab Limited CA", extra=((limits, True),))
    return Manner((issue(middle, host), middle))


def _nodes(by: Authorities, host: str) -> tuple[Manner, Manner]:
    return Manner(sound_chain(by, host)), Manner(
        (issue(by.private_issuer, host, kind="RSA-2048"), by.private_issuer)
    )


def _no_intermediate(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.private, host),))


def _pss(by: Authorities, host: str) -> Manner:
    middle = intermediate(by.private, "Lab PSS CA", kind="RSA-2048", label="pss")
    return Manner((issue(middle, host, kind="RSA-2048", pss=True), middle))


def _sound(name: str, says: str, build: Any, host: str = "", words: tuple[str, ...] = ()) -> Case:
    return Case(name, says, "pass", "pass", words, build, host)


CASES: tuple[Case, ...] = (
    _sound("plain-sound", "As most hosts are.", _leaf()),
    _sound("public-sound", "As most hosts with a public certificate are.", _public(), words=("public root",)),
    _sound(
        "public-old-long",
        "A year and a month was allowed in 2025.",
        _public(begin=day("2025-12-20"), end=day("2027-01-20")),
    ),
    _sound(
        "timestamps-in-handshake",
        "Its timestamps come in the handshake, not in the certificate.",
        _public(ByHand((TLS12,), (0xC02B,), scts=2), scts=0),
    ),
    _sound("short-lived", "Three of six days are left.", _leaf(ago=3, left=3)),
    _sound("fifteen-days", "Fifteen days are left.", _leaf(ago=75, left=15.2)),
    _sound(
        "unordered", "The intermediate certificates come in the wrong order.", _unordered, words=("order",)
    ),
    _sound("extra-certificates", "Certificates are sent that nobody needs.", _extra, words=("not needed",)),
    _sound("root-sent", "The root is sent along.", _with_root),
    _sound("cross-signed", "An expired cross-certificate is sent beside the good path.", _cross_signed),
    _sound("no-intermediate", "The root itself issued the certificate.", _no_intermediate),
    _sound("long-chain", "Three intermediate certificates and three hundred names.", _long_chain),
    _sound("wildcard", "A wildcard covers one label.", _leaf("*.lab.test")),
    _sound(
        "address",
        "The host is an IP address.",
        lambda by, host: Manner(
            (issue(by.private_issuer, common="portal", addresses=(host,)), by.private_issuer)
        ),
        "127.0.0.1",
    ),
    _sound("upper-case", "The certificate spells the name in capitals.", _leaf("UPPER-CASE.LAB.TEST")),
    _sound("international", "An international name, as A-label.", _leaf(), "xn--bcher-kva.lab.test"),
    _sound(
        "no-subject",
        "An empty subject; the name stands where it belongs.",
        lambda by, host: Manner((issue(by.private_issuer, host, common=""), by.private_issuer)),
    ),
    _sound("p384", "A key on P-384.", _leaf(kind="P-384")),
    _sound("rsa4096", "A long RSA key.", _leaf(kind="RSA-4096")),
    _sound("pss", "Signed with RSA-PSS.", _pss),
    _sound("private-long", "A private CA may issue for three years.", _leaf(ago=10, left=1000)),
    _sound("private-unlogged", "A private CA logs nothing.", _leaf(scts=0)),
    _sound(
        "unknown-not-critical",
        "An unknown extension that is not critical.",
        _leaf(extra=((_EVERYDAY, False),)),
    ),
    _sound("no-purpose", "No extended key usage: any is allowed.", _leaf(usages=None)),
    _sound("no-constraints", "No basicConstraints in the leaf: it is no CA.", _leaf(basic=False)),
    _sound("permitted", "Name constraints that are kept.", _permitted),
    _sound("must-staple-kept", "Must staple, and does.", _stapled, words=("good",)),
    _sound("two-certificates", "Two addresses with different, sound certificates.", _nodes),
    _sound("only-tls13", "TLS 1.3 alone.", _with(oldest=_V.TLSv1_3), words=("only TLS 1.3",)),
    _sound("only-tls12", "TLS 1.2 alone.", _with(newest=_V.TLSv1_2), words=("only TLS 1.2",)),
    _sound(
        "static-rsa",
        "RSA key transport beside better suites.",
        lambda by, host: Manner(
            (issue(by.private_issuer, host, kind="RSA-2048"), by.private_issuer),
            ciphers="HIGH:!aNULL:!MD5:@SECLEVEL=2",
        ),
        words=("forward secrecy",),
    ),
    _sound(
        "dhe-2048",
        "Diffie-Hellman over a prime of 2048 bits, first choice.",
        lambda by, host: Manner(
            (issue(by.private_issuer, host, kind="RSA-2048"), by.private_issuer),
            newest=_V.TLSv1_2,
            ciphers="DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
            dh=dh_parameters(2048),
        ),
    ),
    _sound(
        "client-certificate",
        "Visitors must show a certificate of their own.",
        lambda by, host: Manner(sound_chain(by, host), client_ca=by.private),
    ),
    _sound(
        "client-certificate-tls12",
        "The same with TLS 1.2 alone.",
        lambda by, host: Manner(sound_chain(by, host), client_ca=by.private, newest=_V.TLSv1_2),
        words=("client certificate",),
    ),
    _sound("slow", "The first answer takes a while.", _with(delay=0.4)),
    _sound("needs-name", "Clients that name no host are declined.", _with(refuses=_needs_name)),
    _sound(
        "name-warning",
        "The server warns that it does not know the name, and goes on.",
        _with(name_warning=True, newest=_V.TLSv1_2),
    ),
    _sound("no-tickets", "No session tickets.", _with(tickets=False)),
    _sound("abrupt", "Connections are cut where an alert belongs.", _with(abrupt=True)),
    _sound("stern", "Old clients get an alert before anything else.", _with(refuses=_stern)),
)

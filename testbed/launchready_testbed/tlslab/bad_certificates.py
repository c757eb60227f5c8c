"""Hosts whose certificate no browser should accept, or not for much longer."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from launchready_testbed.tlslab.case import Case
from launchready_testbed.tlslab.flight import TLS12, ByHand, dh_parameters
from launchready_testbed.tlslab.issuing import (
    CLIENT,
    Authorities,
    Signer,
    day,
    intermediate,
    issue,
    key,
    key_usage,
    staple,
)
from launchready_testbed.tlslab.server import Manner

_STAR = x509.ObjectIdentifier("1.2.3.4.5.6")


def _leaf(**choices: Any) -> Any:
    """A listener with a leaf of the private CA that differs from a sound one by `choices`."""

    def build(by: Authorities, host: str) -> Manner:
        chosen = dict(choices)
        names = chosen.pop("names", (host,))
        return Manner((issue(by.private_issuer, *names, **chosen), by.private_issuer))

    return build


def _public(**choices: Any) -> Any:
    """The same with the CA that stands for a public one, timestamps included."""

    def build(by: Authorities, host: str) -> Manner:
        return Manner((issue(by.public_issuer, host, **({"scts": 2} | choices)), by.public_issuer))

    return build


def _below(leaf_choices: dict[str, Any] | None = None, **choices: Any) -> Any:
    """A sound leaf below an intermediate CA of its own, which differs from a sound one by `choices`."""

    def build(by: Authorities, host: str) -> Manner:
        middle = intermediate(by.private, "Lab Odd CA", **choices)
        return Manner((issue(middle, host, **(leaf_choices or {})), middle))

    return build


def _incomplete(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.private_issuer, host),))


def _wrong_intermediate(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.private_issuer, host), by.public_issuer))


def _self_signed(_by: Authorities, host: str) -> Manner:
    return Manner((issue(None, host),))


def _unknown(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.unknown_issuer, host), by.unknown_issuer))


def _unknown_with_root(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.unknown_issuer, host), by.unknown_issuer, by.unknown))


def _forged(by: Authorities, host: str) -> Manner:
    return Manner((issue(by.private_issuer, host, forged_with=key("P-256", "forger")), by.private_issuer))


def _issuer_no_ca(by: Authorities, host: str) -> Manner:
    middle = issue(by.private_issuer, "middle.lab.test", label="intermediate")
    return Manner((issue(middle, host), middle, by.private_issuer))


def _path_length(by: Authorities, host: str) -> Manner:
    lower = intermediate(by.private_issuer, "Lab Lower CA")
    return Manner((issue(lower, host), lower, by.private_issuer))


def _one_node(by: Authorities, host: str) -> tuple[Manner, Manner]:
    good, late = issue(by.private_issuer, host), issue(by.private_issuer, host, ago=100, left=-2)
    return Manner((good, by.private_issuer)), Manner((late, by.private_issuer))


def _stapled(*, must: bool, **choices: Any) -> Any:
    def build(by: Authorities, host: str) -> Manner:
        leaf = issue(by.private_issuer, host, must_staple=must)
        script = ByHand((TLS12,), (0xC02B,), staple=staple(leaf, by.private_issuer, **choices))
        return Manner((leaf, by.private_issuer), by_hand=(script,))

    return build


def _limited(*, permit: str = "", exclude: str = "") -> Any:
    limits = x509.NameConstraints(
        [x509.DNSName(permit)] if permit else None, [x509.DNSName(exclude)] if exclude else None
    )
    return _below(extra=((limits, True),))


def _in_store(by: Authorities, host: str) -> Manner:
    weak = intermediate(by.private, "Lab Weak CA", kind="RSA-1024")
    return Manner((issue(weak, host), weak))


def _weak_digest(digest: str, *, at_leaf: bool) -> Any:
    def build(by: Authorities, host: str) -> Manner:
        top = intermediate(by.private, "Lab RSA CA", label="rsa-top", kind="RSA-2048", path_length=1)
        if at_leaf:
            return Manner((issue(top, host, weak_digest=digest), top))
        middle = intermediate(top, "Lab Old CA", weak_digest=digest)
        return Manner((issue(middle, host), middle, top))

    return build


def _fault(name: str, says: str, word: str, build: Any, host: str = "") -> Case:
    return Case(name, says, "fail", "pass", (word,), build, host)


UNKNOWN_CRITICAL = (x509.UnrecognizedExtension(_STAR, b"\x05\x00"), True)

CASES: tuple[Case, ...] = (
    _fault("expired", "The certificate ended two days ago.", "expired", _leaf(ago=92, left=-2)),
    _fault(
        "expired-intermediate",
        "The intermediate certificate ended yesterday.",
        "intermediate",
        _below(ago=300, left=-1),
    ),
    _fault("not-yet-valid", "The certificate begins tomorrow.", "not valid before", _leaf(ago=-1, left=90)),
    _fault(
        "intermediate-not-yet-valid",
        "The intermediate certificate begins tomorrow.",
        "not valid before",
        _below(ago=-1),
    ),
    _fault("renewal-due", "Nine days are left of ninety.", "9 days", _leaf(ago=81, left=9.4)),
    _fault("short-lived-late", "One day is left of six.", "less than a third", _leaf(ago=5, left=1)),
    _fault(
        "other-name",
        "The certificate is for another host.",
        "name mismatch",
        _leaf(names=("other.lab.test",)),
    ),
    _fault(
        "wildcard-two-labels",
        "A wildcard covers one label, not two.",
        "name mismatch",
        _leaf(names=("*.lab.test",)),
        "deep.portal.lab.test",
    ),
    _fault(
        "wildcard-not-itself",
        "A wildcard does not cover the name below which it stands.",
        "name mismatch",
        _leaf(names=("*.bare.lab.test",)),
        "bare.lab.test",
    ),
    _fault(
        "wildcard-top",
        "A wildcard right below a top-level domain covers nothing.",
        "name mismatch",
        _leaf(names=("*.test",)),
        "top.test",
    ),
    _fault(
        "wildcard-partial",
        "A star that is only a part of a label covers nothing.",
        "name mismatch",
        _leaf(names=("part*.lab.test",)),
        "partial.lab.test",
    ),
    _fault(
        "common-name-only",
        "The name stands in the subject only.",
        "common name",
        lambda by, host: Manner((issue(by.private_issuer, common=host), by.private_issuer)),
    ),
    _fault(
        "address-as-name",
        "The IP address stands among the DNS names.",
        "name mismatch",
        _leaf(names=("127.0.0.1",)),
        "127.0.0.1",
    ),
    _fault("self-signed", "The certificate signs itself.", "self-signed", _self_signed),
    _fault("incomplete-chain", "The intermediate certificate is not sent.", "chain incomplete", _incomplete),
    _fault(
        "wrong-intermediate",
        "Another CA's intermediate certificate is sent.",
        "chain incomplete",
        _wrong_intermediate,
    ),
    _fault("unknown-issuer", "Nobody knows the root of this CA.", "unknown issuer", _unknown),
    _fault("unknown-root", "The unknown root is sent along.", "extra_ca", _unknown_with_root),
    _fault("forged", "The signature is by another key than the issuer's.", "signature", _forged),
    _fault("weak-rsa", "RSA with 1024 bits.", "weak key", _leaf(kind="RSA-1024")),
    _fault("weak-rsa-intermediate", "The intermediate CA has RSA with 1024 bits.", "weak key", _in_store),
    _fault("weak-curve", "An elliptic curve of 224 bits.", "weak key", _leaf(kind="P-224")),
    _fault(
        "dsa",
        "A DSA key.",
        "DSA",
        lambda by, host: Manner(
            (issue(by.private_issuer, host, kind="DSA-2048"), by.private_issuer),
            ciphers="DHE-DSS-AES128-SHA256:DHE-DSS-AES128-GCM-SHA256:@SECLEVEL=0",
            dh=dh_parameters(2048),
        ),
    ),
    _fault("ed25519", "An Ed25519 key, which browsers do not offer.", "Ed25519", _leaf(kind="Ed25519")),
    _fault("ed448", "An Ed448 key, which browsers do not offer.", "Ed448", _leaf(kind="Ed448")),
    _fault("p521", "A key on P-521, which Chromium does not offer.", "secp521r1", _leaf(kind="P-521")),
    _fault("md5", "The certificate is signed with MD5.", "MD5", _weak_digest("md5", at_leaf=True)),
    _fault("sha1", "The certificate is signed with SHA-1.", "SHA-1", _weak_digest("sha1", at_leaf=True)),
    _fault(
        "sha1-intermediate",
        "The intermediate certificate is signed with SHA-1.",
        "SHA-1",
        _weak_digest("sha1", at_leaf=False),
    ),
    _fault("client-purpose", "The certificate is for clients.", "serverAuth", _leaf(usages=(CLIENT,))),
    _fault(
        "intermediate-purpose",
        "The intermediate CA may only issue for e-mail.",
        "serverAuth",
        _below(extra=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False),)),
    ),
    _fault(
        "no-signature-usage",
        "The key may only encipher.",
        "digitalSignature",
        _leaf(kind="RSA-2048", usage=key_usage(digital=False, encipher=True)),
    ),
    _fault(
        "leaf-is-ca",
        "A CA's own certificate is used for a server.",
        "itself a CA",
        lambda by, host: Manner(
            (
                issue(
                    by.private_issuer,
                    host,
                    ca=True,
                    path_length=None,
                    extra=((x509.SubjectAlternativeName([x509.DNSName(host)]), False),),
                ),
                by.private_issuer,
            )
        ),
    ),
    _fault("issuer-no-ca", "The issuer is a server's certificate.", "no CA", _issuer_no_ca),
    _fault(
        "issuer-usage",
        "The issuer's key may not sign certificates.",
        "may not sign",
        _below(usage=key_usage(signs=False)),
    ),
    _fault("path-length", "One intermediate CA more than allowed.", "path length", _path_length),
    _fault(
        "name-not-permitted",
        "The issuer may only issue for another domain.",
        "name constraints",
        _limited(permit="other.test"),
    ),
    _fault(
        "name-excluded",
        "The issuer must not issue for this domain.",
        "name constraints",
        _limited(exclude="lab.test"),
    ),
    _fault(
        "unknown-critical",
        "A critical extension that nobody knows.",
        "unknown critical extension",
        _leaf(extra=(UNKNOWN_CRITICAL,)),
    ),
    _fault(
        "public-too-long",
        "A public certificate of 300 days, issued after 15 March 2026.",
        "lifetime of 300",
        _public(begin=day("2026-03-20"), end=day("2027-01-14")),
    ),
    _fault(
        "public-much-too-long",
        "A public certificate of two years, issued in 2025.",
        "may last 398",
        _public(begin=day("2025-06-01"), end=day("2027-06-01")),
    ),
    _fault("public-unlogged", "A public certificate in no log.", "certificate transparency", _public(scts=0)),
    _fault("must-staple", "Must staple, and nothing is stapled.", "must staple", _leaf(must_staple=True)),
    _fault(
        "stapled-revoked",
        "The stapled OCSP answer says revoked.",
        "revoked",
        _stapled(must=False, revoked=True),
    ),
    _fault(
        "stale-staple",
        "Must staple, and the stapled OCSP answer is out of date.",
        "stale",
        _stapled(must=True, days_old=9, days_left=-2),
    ),
    _fault("one-node-expired", "Of two addresses one shows an expired certificate.", "127.0.0.2", _one_node),
)


def sound_chain(by: Authorities, host: str) -> tuple[Signer, ...]:
    """A sound chain, for hosts whose fault is elsewhere."""
    return (issue(by.private_issuer, host), by.private_issuer)

"""How is a certificate made that nobody should issue?

Everything about it can be chosen: names, dates, key, digest, extensions, and a signature by the wrong key.
Nothing is installed anywhere; all keys live for one run. Keys are made once and shared, as RSA ones are slow
to make.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)
SCT_LIST = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
Extra = tuple[x509.ExtensionType, bool]
"""An extension and whether it is critical."""


@dataclass(frozen=True)
class Signer:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: Any

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The private key as unencrypted PEM; it lives in the lab's own temporary folder only."""
        none = serialization.NoEncryption()
        encoded: bytes = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, none
        )
        return encoded


@cache
def key(kind: str = "P-256", label: str = "leaf") -> Any:
    """The lab's key of a kind; one more for each label."""
    del label  # it only keeps keys apart
    match kind.partition("-"):
        case "RSA", _, bits:
            return rsa.generate_private_key(65537, int(bits))
        case "P", _, bits:
            curves: dict[str, ec.EllipticCurve] = {
                "224": ec.SECP224R1(), "256": ec.SECP256R1(), "384": ec.SECP384R1(), "521": ec.SECP521R1()
            }  # fmt: skip
            return ec.generate_private_key(curves[bits])
        case "DSA", _, bits:
            return dsa.generate_private_key(int(bits))
        case "Ed25519", _, _:
            return ed25519.Ed25519PrivateKey.generate()
        case "Ed448", _, _:
            return ed448.Ed448PrivateKey.generate()
    raise LookupError(kind)


def now() -> datetime:
    """The moment, without fractions, as certificates count."""
    return datetime.now(UTC).replace(microsecond=0)


def day(text: str) -> datetime:
    """Midnight UTC of an ISO date."""
    return datetime.fromisoformat(f"{text}T00:00:00+00:00")


def issue(
    issuer: Signer | None,
    *names: str,
    common: str | None = None,
    kind: str = "P-256",
    label: str = "leaf",
    ago: float = 10,
    left: float = 80,
    begin: datetime | None = None,
    end: datetime | None = None,
    addresses: Sequence[str] = (),
    ca: bool = False,
    basic: bool = True,
    path_length: int | None = None,
    usage: x509.KeyUsage | None = None,
    usages: Sequence[x509.ObjectIdentifier] | None = (SERVER,),
    weak_digest: str = "",
    pss: bool = False,
    scts: int = 0,
    must_staple: bool = False,
    extra: Sequence[Extra] = (),
    forged_with: Any = None,
) -> Signer:
    """A certificate for `names`, by default a sound one; without an issuer it signs itself.

    `ago` and `left` are days around now, unless `begin` and `end` are given. `forged_with` signs with a key
    that is not the issuer's.
    """
    own = key(kind, label)
    moment = now()
    common = names[0] if common is None else common
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)] if common else [])
    signing = forged_with or (issuer.key if issuer else own)
    above = issuer.certificate.subject if issuer else subject
    authority_key = (issuer.key if issuer else own).public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin or moment - ago * DAY)
        .not_valid_after(end or moment + left * DAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key), critical=False)
        .add_extension(usage or key_usage(signs=ca), critical=True)
    )
    if basic:
        builder = builder.add_extension(x509.BasicConstraints(ca, path_length if ca else None), critical=True)
    alternatives = [
        *map(x509.DNSName, names),
        *(x509.IPAddress(ipaddress.ip_address(each)) for each in addresses),
    ]
    if alternatives and not ca:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=not common)
    if usages and not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if scts:
        builder = builder.add_extension(
            x509.UnrecognizedExtension(SCT_LIST, _octets(sct_list(scts))), critical=False
        )
    if must_staple:
        builder = builder.add_extension(x509.TLSFeature([x509.TLSFeatureType.status_request]), critical=False)
    for value, critical in extra:
        builder = builder.add_extension(value, critical=critical)
    plain = isinstance(signing, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey)
    made = builder.sign(signing, None if plain else hashes.SHA256(), rsa_padding=PSS if pss else None)
    return Signer(_signed_weakly(made, weak_digest, signing) if weak_digest else made, own)


_SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")
_WEAK = {
    "sha1": (bytes.fromhex("2a864886f70d010105"), bytes.fromhex("3021300906052b0e03021a05000414")),
    "md5": (bytes.fromhex("2a864886f70d010104"), bytes.fromhex("3020300c06082a864886f70d020505000410")),
}
"""For each digest the OID of its signature with RSA, and the prefix of its DigestInfo (RFC 8017)."""


def _signed_weakly(made: x509.Certificate, digest: str, signing: rsa.RSAPrivateKey) -> x509.Certificate:
    """The same certificate under a digest that no library signs with any more; RSA can be done by hand."""
    oid, prefix = _WEAK[digest]
    numbers = signing.private_numbers()
    size = signing.key_size // 8
    body = made.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, oid)
    info = prefix + hashlib.new(digest, body, usedforsecurity=False).digest()
    padded = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
    signature = pow(int.from_bytes(padded, "big"), numbers.d, numbers.public_numbers.n).to_bytes(size, "big")
    whole = made.public_bytes(serialization.Encoding.DER)
    outer = whole.replace(made.tbs_certificate_bytes, body).replace(_SHA256_WITH_RSA, oid)
    return x509.load_der_x509_certificate(outer.replace(made.signature, signature))


def key_usage(*, signs: bool = False, digital: bool = True, encipher: bool = False) -> x509.KeyUsage:
    """A keyUsage extension."""
    return x509.KeyUsage(
        digital_signature=digital,
        key_encipherment=encipher,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def sct_list(count: int) -> bytes:
    """A TLS-encoded list of timestamps (RFC 6962); well formed, by logs that do not exist."""
    items = b""
    for number in range(count):
        sct = b"\x00" + bytes([number]) * 32 + bytes(8) + b"\x00\x00" + b"\x04\x03" + b"\x00\x48" + bytes(72)
        items += len(sct).to_bytes(2, "big") + sct
    return len(items).to_bytes(2, "big") + items


def staple(
    leaf: Signer, issuer: Signer, *, revoked: bool = False, days_old: float = 1, days_left: float = 3
) -> bytes:
    """An OCSP answer about `leaf`, DER, signed by its issuer."""
    moment = now()
    answer = ocsp.OCSPResponseBuilder().add_response(
        cert=leaf.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA1(),  # noqa: S303 -- names a certificate, as everywhere in OCSP
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=moment - days_old * DAY,
        next_update=moment + days_left * DAY,
        revocation_time=moment - days_old * DAY if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    answer = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    return answer.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _octets(data: bytes) -> bytes:
    """A DER OCTET STRING."""
    if len(data) < 128:
        return bytes([4, len(data)]) + data
    size = (len(data).bit_length() + 7) // 8
    return bytes([4, 0x80 | size]) + len(data).to_bytes(size, "big") + data


@dataclass(frozen=True)
class Authorities:
    """Who signs in the lab.

    `public` stands for a CA that browsers know, `private` for one that the owner names, `unknown` for one
    nobody names.
    """

    public: Signer
    public_issuer: Signer
    private: Signer
    private_issuer: Signer
    unknown: Signer
    unknown_issuer: Signer


def authorities() -> Authorities:
    """A fresh set, with roots of ten years and intermediates of two."""
    made: list[Signer] = []
    for who in ("Public", "Private", "Unknown"):
        root = issue(
            None, common=f"Lab {who} Root", label=f"{who} root", ca=True, ago=400, left=3650, path_length=3
        )
        made += [root, intermediate(root, f"Lab {who} Issuing CA", label=f"{who} issuer")]
    return Authorities(*made)


def intermediate(issuer: Signer, common: str, *, label: str = "intermediate", **choices: Any) -> Signer:
    """A sound intermediate CA, or with `choices` an unsound one."""
    chosen = {"ca": True, "ago": 300, "left": 700, "path_length": 0} | choices
    return issue(issuer, common=common, label=label, **chosen)

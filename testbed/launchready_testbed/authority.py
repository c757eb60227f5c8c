"""Who signs the certificates of the test bed?

A root and an intermediate that exist for one run only; nothing is ever installed on the machine. Any certificate, sound
or not, is made on the spot: elliptic-curve keys cost about a millisecond.
"""

from __future__ import annotations

import datetime
import ssl
import warnings
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Signer:
    """A certificate together with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def key_pem(self) -> bytes:
        """The private key as unencrypted PEM: it lives in the bed's own temporary folder only."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


class Authority:
    """A root, an intermediate below it, and what they sign.

    `folder` holds the root's PEM (`ca.pem`) and, because OpenSSL loads keys from files only, the leaf files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = _sign_authority("Harbour Lab Root", issuer=None, path_length=1)
        self.intermediate = _sign_authority("Harbour Lab Issuing CA", issuer=self.root, path_length=0)
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self.root.pem())
        self._serial = 0

    def certificate(self, *names: str, days_ago: float = 1, days_left: float = 89) -> Signer:
        """A server certificate for DNS `names` that began `days_ago` and ends in `days_left` (negative: has ended)."""
        now = datetime.datetime.now(datetime.UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.intermediate
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(names[0]))
            .issuer_name(issuer.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - days_ago * DAY)
            .not_valid_after(now + days_left * DAY)
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(_issuer_key(issuer), critical=False)
        )
        return Signer(builder.sign(issuer.key, hashes.SHA256()), key)

    def context(
        self,
        certificate: Signer,
        *,
        minimum: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2,
        ciphers: str | None = None,
    ) -> ssl.SSLContext:
        """A server context that presents `certificate` and the intermediate.

        `minimum` below TLS 1.2 also needs `ciphers` with "@SECLEVEL=0": OpenSSL 3 refuses old versions otherwise.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with warnings.catch_warnings():
            # Python rightly warns about old versions; here they are the point.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = minimum
        if ciphers is not None:
            context.set_ciphers(ciphers)
        self._serial += 1
        path = self.folder / f"leaf-{self._serial}.pem"
        path.write_bytes(certificate.key_pem() + certificate.pem() + self.intermediate.pem())
        context.load_cert_chain(path)
        return context


def _sign_authority(title: str, *, issuer: Signer | None, path_length: int) -> Signer:
    """A certificate that may sign others; without an issuer it signs itself."""
    now = datetime.datetime.now(datetime.UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(title)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 30 * DAY)
        .not_valid_after(now + 3650 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        builder = builder.add_extension(_issuer_key(issuer), critical=False)
    return Signer(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _issuer_key(issuer: Signer) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )

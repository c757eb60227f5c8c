"""How certificates become facts: what each says, the path to a root, a second opinion, the stapled answer."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import ocsp, verification
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

from launchready.evidence.tls import Certificate, Staple, Verification

_T = TypeVar("_T", bound=x509.ExtensionType)
_LONGEST_PATH = 12
_USAGE = {
    "digital_signature": "digitalSignature", "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment", "data_encipherment": "dataEncipherment", "key_agreement":
    "keyAgreement", "key_cert_sign": "keyCertSign", "crl_sign": "cRLSign",
}  # fmt: skip


def load(der: bytes) -> x509.Certificate:
    """A certificate from its DER. Raises ValueError when it cannot be read."""
    with warnings.catch_warnings():
        # The library complains about oddities such as a serial number of zero, which one public root has.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return x509.load_der_x509_certificate(der)


def certificate(found: x509.Certificate) -> Certificate:
    """What one certificate says. Raises ValueError when a part that matters cannot be read."""
    extensions = {each.oid: each for each in found.extensions}
    names = _value(extensions, ExtensionOID.SUBJECT_ALTERNATIVE_NAME, x509.SubjectAlternativeName)
    basic = _value(extensions, ExtensionOID.BASIC_CONSTRAINTS, x509.BasicConstraints)
    usage = _value(extensions, ExtensionOID.KEY_USAGE, x509.KeyUsage)
    purposes = _value(extensions, ExtensionOID.EXTENDED_KEY_USAGE, x509.ExtendedKeyUsage)
    limits = _value(extensions, ExtensionOID.NAME_CONSTRAINTS, x509.NameConstraints)
    scts = _value(
        extensions,
        ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS,
        x509.PrecertificateSignedCertificateTimestamps,
    )
    features = _value(extensions, ExtensionOID.TLS_FEATURE, x509.TLSFeature)
    kind, bits, curve = _key(found)
    return Certificate(
        sha256=found.fingerprint(hashes.SHA256()).hex(),
        subject=found.subject.rfc4514_string(),
        issuer=found.issuer.rfc4514_string(),
        common_name=_common_name(found.subject),
        serial=f"{found.serial_number:x}",
        not_before=stamp(found.not_valid_before_utc),
        not_after=stamp(found.not_valid_after_utc),
        key=kind,
        key_bits=bits,
        curve=curve,
        signature=_signature_name(found),
        digest=_digest(found),
        dns_names=tuple(names.get_values_for_type(x509.DNSName)) if names else (),
        addresses=tuple(map(str, names.get_values_for_type(x509.IPAddress))) if names else (),
        is_ca=basic.ca if basic else False,
        path_length=basic.path_length if basic else None,
        key_usage=tuple(said for bit, said in _USAGE.items() if getattr(usage, bit)) if usage else None,
        extended_key_usage=tuple(each.dotted_string for each in purposes) if purposes else None,
        permitted=tuple(map(_name, limits.permitted_subtrees or ())) if limits else (),
        excluded=tuple(map(_name, limits.excluded_subtrees or ())) if limits else (),
        timestamps=len(list(scts)) if scts else 0,
        must_staple=x509.TLSFeatureType.status_request in features if features else False,
        unknown_critical=tuple(
            each.oid.dotted_string
            for each in found.extensions
            if each.critical and isinstance(each.value, x509.UnrecognizedExtension)
        ),
        self_issued=found.subject == found.issuer,
    )


def stamp(moment: datetime) -> str:
    """UTC, ISO 8601, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@lru_cache(maxsize=8)
def roots(ders: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    """Trusted roots, read once; one that cannot be read is no root for us."""
    found = []
    for der in ders:
        with suppress(ValueError):
            found.append(load(der))
    return tuple(found)


@lru_cache(maxsize=8)
def _by_subject(ders: tuple[bytes, ...]) -> dict[bytes, list[x509.Certificate]]:
    found: dict[bytes, list[x509.Certificate]] = {}
    for root in roots(ders):
        found.setdefault(root.subject.public_bytes(), []).append(root)
    return found


@lru_cache(maxsize=8)
def _store(ders: tuple[bytes, ...]) -> verification.Store:
    return verification.Store(list(roots(ders)))


def follow(
    presented: Sequence[x509.Certificate], trusted: tuple[bytes, ...]
) -> tuple[list[x509.Certificate], str]:
    """The path from the leaf as far as it goes.

    Trusted roots come first, then what the server sent, those that last longest before others.

    Returns:
        the path, and the subject of the certificate whose signature does not verify under the issuer that it
        names.
    """
    anchors, path, broken = _by_subject(trusted), [presented[0]], ""
    pool = list(presented[1:])
    while len(path) < _LONGEST_PATH:
        last = path[-1]
        named = last.issuer.public_bytes()
        own = anchors.get(last.subject.public_bytes(), [])
        if last in own:
            break
        candidates = [
            *anchors.get(named, []),
            *sorted((c for c in pool if c.subject.public_bytes() == named), key=_end, reverse=True),
        ]
        issuer = next((c for c in candidates if c not in path and _signed(last, c)), None)
        if issuer is None:
            others = [c for c in candidates if c not in path]
            broken = last.subject.rfc4514_string() if others and last.subject != last.issuer else ""
            break
        path.append(issuer)
    return path, broken


def _end(found: x509.Certificate) -> datetime:
    return found.not_valid_after_utc


def _signed(subject: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        subject.verify_directly_issued_by(issuer)
    except InvalidSignature:
        return False
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # The library will not check this kind of key or hash; OpenSSL's verdict stands beside ours.
        return True
    return True


def second_opinion(
    presented: Sequence[x509.Certificate], host: str, trusted: tuple[bytes, ...], now: datetime
) -> Verification:
    """What cryptography's verifier says: it follows the public web's rules more strictly than OpenSSL."""
    try:
        subject: x509.DNSName | x509.IPAddress = x509.IPAddress(ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    try:
        verifier = (
            verification.PolicyBuilder().store(_store(trusted)).time(now).build_server_verifier(subject)
        )
        verifier.verify(presented[0], list(presented[1:]))
    except (verification.VerificationError, ValueError, UnsupportedAlgorithm) as error:
        return Verification(1, " ".join(str(error).split())[:300])
    return Verification(0, "")


def staple(der: bytes, leaf: x509.Certificate, issuer: x509.Certificate | None) -> Staple:
    """What a stapled OCSP answer says. Raises ValueError when it cannot be read."""
    answer = ocsp.load_der_ocsp_response(der)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return Staple(answer.response_status.name.lower(), "", "", for_leaf=False, signed=False)
    ended = answer.next_update_utc
    return Staple(
        status=answer.certificate_status.name.lower(),
        this_update=stamp(answer.this_update_utc),
        next_update=stamp(ended) if ended else "",
        for_leaf=answer.serial_number == leaf.serial_number and _names_issuer(answer, issuer),
        signed=issuer is not None and _speaks_for(answer, issuer),
        timestamps=_staple_timestamps(answer),
    )


def _staple_timestamps(answer: ocsp.OCSPResponse) -> int:
    for each in answer.single_extensions:
        if isinstance(each.value, x509.SignedCertificateTimestamps):
            return len(list(each.value))
    return 0


def _names_issuer(answer: ocsp.OCSPResponse, issuer: x509.Certificate | None) -> bool:
    if issuer is None:
        return True
    digest = hashes.Hash(answer.hash_algorithm)
    digest.update(issuer.subject.public_bytes())
    return digest.finalize() == answer.issuer_name_hash


def _speaks_for(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Whether the issuer signed the answer, or a responder to whom the issuer gave a certificate for it."""
    signers = [issuer]
    for delegate in answer.certificates:
        purposes = _value(
            {e.oid: e for e in delegate.extensions}, ExtensionOID.EXTENDED_KEY_USAGE, x509.ExtendedKeyUsage
        )
        if purposes and ExtendedKeyUsageOID.OCSP_SIGNING in purposes and _signed(delegate, issuer):
            signers.append(delegate)
    return any(_verifies(answer, signer) for signer in signers)


def _verifies(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    key, data = signer.public_key(), answer.tbs_response_bytes
    digest = answer.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest:
            key.verify(answer.signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest:
            key.verify(answer.signature, data, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(answer.signature, data)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _value(
    extensions: Mapping[x509.ObjectIdentifier, x509.Extension[Any]],
    oid: x509.ObjectIdentifier,
    kind: type[_T],
) -> _T | None:
    """The value of one extension, None when the certificate has none such."""
    found = extensions.get(oid)
    return found.value if found is not None and isinstance(found.value, kind) else None


def _key(found: x509.Certificate) -> tuple[str, int, str]:
    """Kind, bits and curve of the public key."""
    try:
        key = found.public_key()
    except (UnsupportedAlgorithm, ValueError):
        key = None
    match key:
        case rsa.RSAPublicKey():
            kind = "RSA", key.key_size, ""
        case ec.EllipticCurvePublicKey():
            kind = "EC", key.key_size, key.curve.name
        case dsa.DSAPublicKey():
            kind = "DSA", key.key_size, ""
        case ed25519.Ed25519PublicKey():
            kind = "Ed25519", 0, ""
        case ed448.Ed448PublicKey():
            kind = "Ed448", 0, ""
        case _:
            kind = found.public_key_algorithm_oid.dotted_string, 0, ""
    return kind


def _signature_name(found: x509.Certificate) -> str:
    # The only table of these names is the library's own; the private attribute has been stable for ten years.
    name: str = found.signature_algorithm_oid._name  # noqa: SLF001
    return name if name != "Unknown OID" else found.signature_algorithm_oid.dotted_string


def _digest(found: x509.Certificate) -> str:
    try:
        algorithm = found.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return ""
    return algorithm.name if algorithm else ""


def _common_name(name: x509.Name) -> str:
    found: Iterable[x509.NameAttribute[str | bytes]] = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return next((each.value for each in found if isinstance(each.value, str)), "")


def _name(name: x509.GeneralName) -> str:
    kind = {"DNSName": "DNS", "IPAddress": "IP", "RFC822Name": "email"}.get(
        type(name).__name__, type(name).__name__
    )
    return f"{kind}:{name.value}"

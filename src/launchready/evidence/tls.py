"""What TLS looks like at each address of each host: the certificates shown, and what the server agrees to.

Facts only: whether a key is long enough or a name fits is for the checks to say. Everything here is sent to
any visitor, so nothing of it is secret.
"""

from launchready.evidence import Fact, Missing


class Certificate(Fact, frozen=True):
    """One X.509 certificate as far as judging needs it.

    Attributes:
        sha256: fingerprint of its DER, hex.
        subject, issuer: distinguished names as RFC 4514 strings.
        common_name: the subject's common name, empty when there is none.
        serial: hex, without prefix.
        not_before, not_after: UTC, ISO 8601 with Z.
        key: RSA, EC, DSA, Ed25519, Ed448 or the OID of something else.
        key_bits: size of the key in bits, 0 where it has none of its own.
        curve: name of an EC key's curve, empty for other keys.
        signature: signature algorithm by name, as ecdsa-with-SHA256, or its OID.
        digest: hash of the signature in lower case, as sha256; empty where the algorithm has a hash built in.
        dns_names, addresses: subject alternative names; both empty when there is no such extension.
        is_ca, path_length: basicConstraints; is_ca is false without the extension, path_length None without a
            limit.
        key_usage: names of the bits set, as RFC 5280 spells them; None without the extension.
        extended_key_usage: OIDs; None without the extension.
        permitted, excluded: name constraints, as DNS:example.com.
        timestamps: number of embedded signed certificate timestamps (SCTs).
        must_staple: the TLS feature extension asks for a stapled OCSP answer.
        unknown_critical: OIDs of critical extensions that we do not know.
        self_issued: subject and issuer are the same name.
    """

    sha256: str
    subject: str
    issuer: str
    common_name: str
    serial: str
    not_before: str
    not_after: str
    key: str
    key_bits: int
    curve: str
    signature: str
    digest: str
    dns_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    is_ca: bool = False
    path_length: int | None = None
    key_usage: tuple[str, ...] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    permitted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    timestamps: int = 0
    must_staple: bool = False
    unknown_critical: tuple[str, ...] = ()
    self_issued: bool = False


class Verification(Fact, frozen=True):
    """What a verifier said about a chain and a name.

    Attributes:
        code: OpenSSL's verify code, 0 for good; for the second verifier, which has no codes, 0 or 1.
        text: its own words, empty for good.
    """

    code: int
    text: str


class Chain(Fact, frozen=True):
    """The certificates of one address, and where they lead.

    Attributes:
        presented: as sent, in the order sent; the leaf is the first.
        path: from the leaf through those that issued it as far as it goes, a trusted root included.
        root: public (in the list of public roots), private (given as extra_ca), or none (the path ends before
            one).
        broken_at: a signature on the path that does not verify: the subject of the certificate that bears it.
        openssl: OpenSSL's verdict; Missing where no session with it came about.
        second: the verdict of cryptography's verifier, which follows the rules for public web certificates.
    """

    presented: tuple[Certificate, ...]
    path: tuple[Certificate, ...]
    root: str
    broken_at: str
    openssl: Verification | Missing
    second: Verification


class Staple(Fact, frozen=True):
    """A stapled OCSP answer.

    Attributes:
        status: good, revoked or unknown; or the response's own status when it is no answer, as unauthorized.
        this_update, next_update: UTC, ISO 8601 with Z; next_update is empty when it is left out.
        for_leaf: it speaks about the leaf that was presented (serial number and issuer's key).
        signed: its signature verifies under the issuer's key, or that of a responder whom the issuer named.
        timestamps: number of SCTs that it carries.
    """

    status: str
    this_update: str
    next_update: str
    for_leaf: bool
    signed: bool
    timestamps: int = 0


class Session(Fact, frozen=True):
    """A real handshake: what a present-day client would get. `suite` is OpenSSL's name for it."""

    version: str
    suite: str


class Answer(Fact, frozen=True):
    """What one offer was answered.

    Attributes:
        offer: what was offered, as `TLSv1.2: weak suites`.
        outcome: accepted, or how it was refused: an alert by name, closed, or the version answered instead.
    """

    offer: str
    outcome: str | Missing


class Accepted(Fact, frozen=True):
    """One suite that the server agreed to, by its IANA name; dh_bits is 0 where it has no DH prime."""

    version: str
    suite: str
    dh_bits: int = 0


class Settings(Fact, frozen=True):
    """What the server agrees to when it is offered one thing at a time.

    Attributes:
        answers: every offer and its answer, also those that could not be told.
        versions: protocol versions it agreed to, oldest first, as SSLv3 or TLSv1.2.
        suites: weak suites, suites with DHE, and suites with RSA key transport that it agreed to.
        compression: name of the TLS compression it agreed to, empty for none.
        staple: the stapled OCSP answer; None where it was asked for and none came; Missing where it cannot be
            seen from outside an encrypted handshake.
        timestamps: SCTs in the handshake itself; Missing likewise.
        without_name: what a client that names no host is shown; information only.
        asks_client_certificate: up to TLS 1.2 the server asks visitors for a certificate; later it cannot be
            seen.
    """

    answers: tuple[Answer, ...]
    versions: tuple[str, ...]
    suites: tuple[Accepted, ...]
    compression: str
    staple: Staple | Missing | None
    timestamps: int | Missing
    without_name: str
    asks_client_certificate: bool = False


class Endpoint(Fact, frozen=True):
    """One address of one host.

    Attributes:
        address: as connected to.
        looked_at: UTC, ISO 8601 with Z.
        answer: tls; refused, silent (time ran out), closed, plain-http, not-tls (something else speaks first
            or answers what is no TLS), alert (TLS, but every offer was declined), or off-limits (our own gate
            said no).
        why: for every answer but tls, the same in words.
    """

    address: str
    looked_at: str
    answer: str
    why: Missing | None
    session: Session | Missing
    chain: Chain | Missing
    settings: Settings | Missing


class TlsHost(Fact, frozen=True):
    """One host name.

    Attributes:
        host: in lower case, international names as A-labels.
        port: the https port.
        declared: one of the portal's own hosts; others are in scope and count only if they speak TLS at all.
        endpoints: one for each address, or why there are none.
    """

    host: str
    port: int
    declared: bool
    endpoints: tuple[Endpoint, ...] | Missing


class Tls(Fact, frozen=True):
    """All hosts, in the order of the portal file."""

    hosts: tuple[TlsHost, ...]

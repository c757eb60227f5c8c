"""Does every host show a certificate that browsers accept, and will go on accepting for two weeks?"""

from datetime import datetime

from launchready.check import Check, Fix, Risk
from launchready.checks.https._certificate_faults import faults
from launchready.checks.https._endpoints import Look, findings, looks
from launchready.evidence import Missing
from launchready.evidence.tls import (
    Certificate,
    Chain,
    Endpoint,
    Session,
    Settings,
    Staple,
    Tls,
    TlsHost,
    Verification,
)
from launchready.verdict import Cause, Doubt, Fail, Pass, Seen, Unknown, Verdict, weigh


def judge(tls: Tls) -> Verdict:
    """Each address by itself: a certificate that was renewed on one node only fails for some visitors."""
    seen: list[Seen] = []
    wrong: list[tuple[Look, str]] = []
    doubts: list[Doubt] = []
    judged = tuple(looks(tls))
    for look in judged:
        endpoint = look.endpoint
        if isinstance(endpoint, Missing):
            doubts.append(endpoint.doubt(look.subject))
        elif isinstance(endpoint.chain, Missing):
            doubts.append((endpoint.why or endpoint.chain).doubt(look.subject))
        else:
            moment = datetime.fromisoformat(endpoint.looked_at)
            found, unsure = faults(endpoint.chain, endpoint.settings, look.host, moment)
            wrong += [(look, fault) for fault in found]
            doubts += [why.doubt(look.subject) for why in unsure]
            if not found:
                seen.append(Seen(look.subject, _as_seen(look, endpoint, endpoint.chain)))
    return weigh(seen, findings(wrong, judged), doubts)


def _as_seen(look: Look, endpoint: Endpoint, chain: Chain) -> str:
    leaf = chain.presented[0]
    moment = datetime.fromisoformat(endpoint.looked_at)
    left = (datetime.fromisoformat(leaf.not_after) - moment).days
    key = f"{leaf.key} {leaf.curve or leaf.key_bits}"
    said = [f"valid until {leaf.not_after[:10]} ({left} days left), {key}, ends in a {chain.root} root"]
    on_path = [each for each in chain.path if each in chain.presented]
    if [each for each in chain.presented if each in chain.path] != on_path:
        said.append("certificates sent out of order, which browsers mend")
    if extra := len(set(chain.presented) - set(chain.path)):
        said.append(f"{extra} certificates sent that are not needed")
    settings = endpoint.settings
    if isinstance(settings, Settings):
        if isinstance(settings.staple, Staple):
            said.append(f"stapled OCSP answer: {settings.staple.status}")
        if settings.asks_client_certificate:
            said.append("asks visitors for a client certificate")
    if chain.second.code:
        said.append(f"a stricter verifier objects: {chain.second.text}")
    return "; ".join(said) + look.where


CHECK = Check(
    asks="Does every host show a certificate that browsers accept, and will go on accepting for two weeks?",
    risk=Risk.CRITICAL,
    why=(
        "The certificate is how a browser knows that it talks to your portal and not to somebody in between. "
        "When it is expired, for another name, or its chain has a gap, every visitor meets a full-page "
        "warning, integrations stop, and staff who learn to click warnings away will do so on the day "
        "somebody really listens in. An intermediate certificate that is not sent is the treacherous case: "
        "your own browser may have remembered it, phones and programs have not."
    ),
    fix=Fix(
        owner=(
            "Ask whoever runs the web server or the hosting to renew the certificate for exactly the names "
            "in the finding and to switch on automatic renewal; it costs nothing with Let's Encrypt. Put a "
            "reminder two weeks before its end into a calendar that somebody reads."
        ),
        engineer=(
            "certbot: `certbot certonly --nginx -d portal.example.com -d www.example.com`, naming every "
            "host; `certbot renew --dry-run` shows whether renewal works, and `--deploy-hook 'systemctl "
            "reload nginx'` makes the server load what was renewed.\n"
            "nginx: `ssl_certificate /etc/letsencrypt/live/NAME/fullchain.pem;`, never cert.pem: the "
            "intermediate certificates must be sent, leaf first. The key is privkey.pem. `nginx -t`, then "
            "reload, on every node.\n"
            "Caddy: name the hosts as site addresses; certificate, renewal and stapling come by themselves. "
            "A CA of your own: `tls cert.pem key.pem` with the intermediate certificates in cert.pem.\n"
            "Keys: ECDSA P-256 (`--key-type ecdsa --elliptic-curve secp256r1`) or RSA 2048 and more, "
            "SHA-256. Do not ask for must-staple. A private CA is accepted here when its root is named in "
            "[tls] extra_ca of the portal file, and by browsers only where that root is installed."
        ),
        undo=(
            "Keep the former certificate and key files, put their paths back and reload. A certificate that "
            "was revoked or has expired cannot be brought back."
        ),
        verify=(
            "`openssl s_client -connect HOST:443 -servername HOST -verify_hostname HOST -verify_return_error "
            "</dev/null` must say `Verify return code: 0 (ok)`, for each address of the host; then run "
            "`launchready audit --check https/certificate`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CRYP-01",),
    asvs=("V12.2.2",),
    cwe=(295,),
)

_LEAF = Certificate(
    sha256="a1", subject="CN=portal.example", issuer="CN=Issuing CA", common_name="portal.example",
    serial="1", not_before="2026-01-01T00:00:00Z", not_after="2026-04-01T00:00:00Z", key="EC", key_bits=256,
    curve="secp256r1", signature="ecdsa-with-SHA256", digest="sha256", dns_names=("portal.example",
    "*.apps.portal.example"), extended_key_usage=("1.3.6.1.5.5.7.3.1",), timestamps=2,
)  # fmt: skip
_ISSUER = Certificate(
    sha256="b2", subject="CN=Issuing CA", issuer="CN=Root", common_name="Issuing CA", serial="2",
    not_before="2025-01-01T00:00:00Z", not_after="2030-01-01T00:00:00Z", key="EC", key_bits=256,
    curve="secp256r1", signature="ecdsa-with-SHA256", digest="sha256", is_ca=True, path_length=0,
)  # fmt: skip
_ROOT = Certificate(
    sha256="c3", subject="CN=Root", issuer="CN=Root", common_name="Root", serial="3",
    not_before="2015-01-01T00:00:00Z", not_after="2035-01-01T00:00:00Z", key="RSA", key_bits=4096, curve="",
    signature="sha1WithRSAEncryption", digest="sha1", is_ca=True, self_issued=True,
)  # fmt: skip
_GOOD = Verification(0, "")


def _shown(
    *presented: Certificate,
    path: tuple[Certificate, ...] = (_LEAF, _ISSUER, _ROOT),
    root: str = "public",
    openssl: Verification | Missing = _GOOD,
    at: str = "2026-02-01T00:00:00Z",
    staple: Staple | Missing | None = None,
    timestamps: int = 0,
    host: str = "portal.example",
) -> Tls:
    """One host for the examples."""
    chain = Chain(presented, path, root, "", openssl, _GOOD)
    settings = Settings((), ("TLSv1.2", "TLSv1.3"), (), "", staple, timestamps, "")
    endpoint = Endpoint(
        "192.0.2.1", at, "tls", None, Session("TLSv1.3", "TLS_AES_128_GCM_SHA256"), chain, settings
    )
    return Tls((TlsHost(host, 443, declared=True, endpoints=(endpoint,)),))


def _changed(certificate: Certificate, **fields: object) -> Certificate:
    return Certificate(
        **{name: getattr(certificate, name) for name in certificate.__struct_fields__} | fields
    )


_SILENT = Missing(
    Cause.UNREACHABLE, "did not answer within 10 s", "run the audit again when the host can be reached"
)
_NO_NAME = Missing(Cause.UNREACHABLE, "there is no such name", "check the name")
_OLD_LEAF = _changed(_LEAF, not_after="2026-01-31T00:00:00Z")
_LONG_LEAF = _changed(_LEAF, not_before="2026-03-20T00:00:00Z", not_after="2027-03-20T00:00:00Z")
_BRIEF_LEAF = _changed(_LEAF, not_before="2026-01-29T00:00:00Z", not_after="2026-02-04T00:00:00Z")
_STAPLED = Staple("revoked", "2026-01-31T00:00:00Z", "2026-02-03T00:00:00Z", for_leaf=True, signed=True)

CHECK.example(
    "whole chain, right name, weeks left; the root's own digest does not matter", Pass, _shown(_LEAF, _ISSUER)
)
CHECK.example("the root is sent too, out of order", Pass, _shown(_LEAF, _ROOT, _ISSUER))
CHECK.example("a wildcard covers one label", Pass, _shown(_LEAF, _ISSUER, host="crm.apps.portal.example"))
CHECK.example("six-day certificate with half of it left", Pass, _shown(_BRIEF_LEAF, _ISSUER))
CHECK.example(
    "a private CA may issue for a year",
    Pass,
    _shown(_LONG_LEAF, _ISSUER, path=(_LONG_LEAF, _ISSUER, _ROOT), root="private", at="2026-04-01T00:00:00Z"),
)
CHECK.example("expired", Fail, _shown(_OLD_LEAF, openssl=Verification(10, "certificate has expired")))
CHECK.example("nine days left", Fail, _shown(_LEAF, _ISSUER, at="2026-03-23T00:00:00Z"))
CHECK.example(
    "for another name",
    Fail,
    _shown(_LEAF, _ISSUER, host="www.portal.example", openssl=Verification(62, "hostname mismatch")),
)
CHECK.example(
    "a wildcard covers no second label", Fail, _shown(_LEAF, _ISSUER, host="a.b.apps.portal.example")
)
CHECK.example(
    "intermediate certificate not sent",
    Fail,
    _shown(
        _LEAF, path=(_LEAF,), root="none", openssl=Verification(20, "unable to get local issuer certificate")
    ),
)
CHECK.example(
    "public certificate for a year, issued after 15 March 2026",
    Fail,
    _shown(_LONG_LEAF, _ISSUER, path=(_LONG_LEAF, _ISSUER, _ROOT), at="2026-04-01T00:00:00Z"),
)
CHECK.example("revoked", Fail, _shown(_LEAF, _ISSUER, staple=_STAPLED))
CHECK.example(
    "OpenSSL refuses it for a reason of its own",
    Fail,
    _shown(_LEAF, _ISSUER, openssl=Verification(47, "permitted subtree violation")),
)
CHECK.example(
    "must staple, but all is encrypted from outside",
    Unknown,
    _shown(
        _changed(_LEAF, must_staple=True),
        _ISSUER,
        staple=Missing(Cause.AMBIGUOUS, "only TLS 1.3", "look with openssl"),
    ),
)
CHECK.example(
    "nobody answered",
    Unknown,
    Tls(
        (
            TlsHost(
                "portal.example",
                443,
                declared=True,
                endpoints=(
                    Endpoint(
                        "192.0.2.1", "2026-02-01T00:00:00Z", "silent", _SILENT, _SILENT, _SILENT, _SILENT
                    ),
                ),
            ),
        )
    ),
)
CHECK.example(
    "the name leads nowhere", Unknown, Tls((TlsHost("www.example", 443, declared=True, endpoints=_NO_NAME),))
)
CHECK.example("no host was looked at", Unknown, Tls(()))

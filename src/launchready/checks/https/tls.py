"""Does every host refuse outdated versions of TLS and weak suites?"""

import re

from launchready.check import Check, Fix, Risk
from launchready.checks.https._endpoints import Look, findings, looks
from launchready.evidence import Missing
from launchready.evidence.tls import (
    Accepted,
    Answer,
    Endpoint,
    Session,
    Settings,
    Tls,
    TlsHost,
)
from launchready.thresholds import thresholds
from launchready.verdict import Cause, Doubt, Fail, Pass, Seen, Unknown, Verdict, weigh

_LIMITS = thresholds("tls")["tls"]
VERSIONS_REFUSED: tuple[str, ...] = tuple(_LIMITS["versions_refused"]["value"])
MIN_DH_BITS: int = _LIMITS["dh_bits"]["value"]
SUITES_REFUSED = tuple((re.compile(rule["pattern"]), rule["why"]) for rule in _LIMITS["suites_refused"])
_SPOKEN = {"TLSv1": "TLS 1.0", "TLSv1.1": "TLS 1.1", "TLSv1.2": "TLS 1.2", "TLSv1.3": "TLS 1.3"}
_RSA_TRANSPORT = "TLS_RSA_"


def judge(tls: Tls) -> Verdict:
    """Each address by itself: a load balancer's nodes are set up one by one."""
    seen: list[Seen] = []
    wrong: list[tuple[Look, str]] = []
    doubts: list[Doubt] = []
    judged = tuple(looks(tls))
    for look in judged:
        faults, unsure = _weigh(look)
        wrong += [(look, fault) for fault in faults]
        doubts += [why.doubt(look.subject) for why in unsure]
        if not faults and not unsure:
            seen.append(Seen(look.subject, _as_seen(look)))
    return weigh(seen, findings(wrong, judged), doubts)


def _weigh(look: Look) -> tuple[list[str], list[Missing]]:
    endpoint = look.endpoint
    if isinstance(endpoint, Missing):
        return [], [endpoint]
    if endpoint.answer in ("plain-http", "not-tls") and endpoint.why is not None:
        return [f"no TLS at all: {endpoint.why.detail}"], []
    if isinstance(endpoint.settings, Missing):
        return [], [endpoint.why or endpoint.settings]
    settings = endpoint.settings
    unsure = [answer.outcome for answer in settings.answers if isinstance(answer.outcome, Missing)]
    return list(_faults(settings)), unsure


def _faults(settings: Settings) -> list[str]:
    faults = []
    if old := [version for version in settings.versions if version in VERSIONS_REFUSED]:
        faults.append("accepts " + ", ".join(_SPOKEN.get(each, each) for each in old))
    by_reason: dict[str, list[str]] = {}
    for each in settings.suites:
        if why := _refused(each.suite):
            names = by_reason.setdefault(why, [])
            if each.suite not in names:
                names.append(each.suite)
    faults += [f"accepts suites with {why}: {_listed(names)}" for why, names in by_reason.items()]
    sizes = sorted({each.dh_bits for each in settings.suites if 0 < each.dh_bits < MIN_DH_BITS})
    if sizes:
        said = " and ".join(map(str, sizes))
        faults.append(f"uses a Diffie-Hellman prime of {said} bits, at least {MIN_DH_BITS} are needed")
    if settings.compression:
        faults.append(
            f"agrees to TLS compression ({settings.compression}), which gives away what is encrypted (CRIME)"
        )
    return faults


def _refused(suite: str) -> str:
    """Why a suite is refused; empty when it is not."""
    return next((why for pattern, why in SUITES_REFUSED if pattern.search(suite)), "")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown


def _as_seen(look: Look) -> str:
    endpoint = look.endpoint
    assert isinstance(endpoint, Endpoint)
    assert isinstance(endpoint.settings, Settings)
    settings = endpoint.settings
    said = (
        "accepts only "
        + " and ".join(_SPOKEN.get(each, each) for each in settings.versions)
        + ", no weak suite"
    )
    if any(each.suite.startswith(_RSA_TRANSPORT) for each in settings.suites):
        said += "; also suites without forward secrecy (RSA key transport)"
    if settings.asks_client_certificate:
        said += "; asks visitors for a client certificate"
    return said + look.where


CHECK = Check(
    asks="Does every host refuse outdated versions of TLS and weak suites?",
    risk=Risk.HIGH,
    why=(
        "TLS keeps passwords and sessions secret only as long as both sides agree on something that cannot "
        "be broken. SSL, TLS 1.0 and 1.1 have known attacks and are forbidden by RFC 8996; suites with RC4, "
        "3DES, export keys or no encryption at all let an attacker on the same network read or change what "
        "staff see. Whoever can disturb a connection may talk both sides down to the weakest thing that the "
        "server still accepts."
    ),
    fix=Fix(
        owner=(
            "Ask whoever runs the web server or the hosting to allow TLS 1.2 and 1.3 only, with their "
            "present default suites. Every browser of the last ten years goes on working. In Cloudflare: "
            "SSL/TLS, Edge Certificates, Minimum TLS Version, TLS 1.2."
        ),
        engineer=(
            "nginx: `ssl_protocols TLSv1.2 TLSv1.3;` and `ssl_ciphers "
            "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:!aNULL:!MD5;` in the http block, not in one server "
            "block: before 1.23.4 the default server of an address decides for all. If DHE is wanted, "
            "`ssl_dhparam` with a prime of 2048 bits or more (RFC 7919: ffdhe2048); without it nginx offers "
            "no DHE, which is fine.\n"
            "Caddy: the defaults are right; remove `protocols` and `ciphers` from tls blocks.\n"
            "Apache: `SSLProtocol -all +TLSv1.2 +TLSv1.3`, `SSLCompression off`.\n"
            "Load balancers and CDNs end TLS before your server does: choose their policy for TLS 1.2 and "
            "newer. Then reload, on every node."
        ),
        undo="Put the former lines back and reload; nothing is remembered by browsers.",
        verify=(
            "`openssl s_client -connect HOST:443 -servername HOST -tls1_1 -cipher 'ALL:@SECLEVEL=0'` must "
            "end with an alert; `nmap --script ssl-enum-ciphers -p 443 HOST` lists all that is accepted; "
            "then run `launchready audit --check https/tls`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CRYP-01",),
    asvs=("V12.1.1", "V12.1.2"),
    cwe=(326, 327),
)


def _shown(
    *versions: str, suites: tuple[Accepted, ...] = (), compression: str = "", answers: tuple[Answer, ...] = ()
) -> Tls:
    """One host for the examples."""
    settings = Settings(answers, versions, suites, compression, None, 0, "")
    unseen = Missing(Cause.NOT_COLLECTED, "left out of the example", "")
    endpoint = Endpoint(
        "192.0.2.1", "2026-01-01T00:00:00Z", "tls", None, Session("TLSv1.3", ""), unseen, settings
    )
    return Tls((TlsHost("portal.example", 443, declared=True, endpoints=(endpoint,)),))


def _shut(answer: str, why: Missing, *, declared: bool = True) -> Tls:
    endpoint = Endpoint("192.0.2.1", "2026-01-01T00:00:00Z", answer, why, why, why, why)
    return Tls((TlsHost("portal.example", 443, declared=declared, endpoints=(endpoint,)),))


_SILENT = Missing(
    Cause.UNREACHABLE, "did not answer within 10 s", "run the audit again when the host can be reached"
)
_PLAIN = Missing(
    Cause.UNREACHABLE, "port 443 answers “HTTP/1.1 400 Bad Request”, which is no TLS", "run the audit again"
)

CHECK.example("TLS 1.2 and 1.3", Pass, _shown("TLSv1.2", "TLSv1.3"))
CHECK.example(
    "TLS 1.2 alone, with RSA key transport beside better ones",
    Pass,
    _shown("TLSv1.2", suites=(Accepted("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256"),)),
)
CHECK.example(
    "DHE over 2048 bits",
    Pass,
    _shown("TLSv1.2", suites=(Accepted("TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", 2048),)),
)
CHECK.example("TLS 1.1 is still accepted", Fail, _shown("TLSv1.1", "TLSv1.2", "TLSv1.3"))
CHECK.example(
    "3DES is accepted",
    Fail,
    _shown("TLSv1.2", suites=(Accepted("TLSv1.2", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),)),
)
CHECK.example(
    "DHE over 1024 bits",
    Fail,
    _shown("TLSv1.2", suites=(Accepted("TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", 1024),)),
)
CHECK.example("compression", Fail, _shown("TLSv1.2", compression="DEFLATE"))
CHECK.example("plain http on the https port", Fail, _shut("plain-http", _PLAIN))
CHECK.example(
    "one offer was never answered", Unknown, _shown("TLSv1.3", answers=(Answer("TLSv1.1", _SILENT),))
)
CHECK.example("nobody answered", Unknown, _shut("silent", _SILENT))
CHECK.example("no host was looked at", Unknown, Tls(()))

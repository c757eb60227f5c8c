"""What an audit of each variant must say, written down from looks by hand before any audit was run.

The looks, with nginx 1.22.1 (Debian 12), OpenSSL 3.0, django-helpdesk 2.6.1, Django 5.2, curl 7.88 and
Chromium 156. PORT is the https port, PLAIN the http port; every curl has `--cacert ca.pem --resolve
NAME:PORT:ADDRESS`. `test_by_hand.py` takes the same looks in every run, so what is written here stays true.

**sound**
  `curl -i http://helpdesk.lab.test:PLAIN/ANY?x=1` by GET, HEAD and POST, for pages, files and what does not
  exist: 308 to https://helpdesk.lab.test:PORT/ANY?x=1. desk.lab.test: the same to itself on https, and there
  308 to helpdesk with path and query. A name that nobody declared: the connection is closed (444); on https
  alert 112 unrecognized_name.
  `curl -i` of 20 https addresses (pages, redirects to the login, the API's 403, the application's 404, nginx
  answering 403, 404 and 400 under /static/ and for /%00, scripts, images) and of the old name's 308: HSTS of
  a year, nosniff, DENY, same-origin and the policy, each once.
  `openssl s_client -tls1 -cipher ALL:@SECLEVEL=0`, and -tls1_1: alert 70 protocol_version. 1.2 and 1.3
  accepted; `-cipher aNULL`, eNULL, kRSA, DHE: alert 40; RC4, 3DES and EXPORT are not in this OpenSSL.
  `-CAfile ca.pem`: verify return code 0; a P-256 key, 88 days and some hours left, no OCSP answer. Without a
  name: alert 112.
  Chromium as a stranger, watched over DevTools: state secure, no mixed-content issue, requests to one host,
  nothing blocked. As an administrator with the strict policy everywhere: inline scripts blocked on the ticket
  list, a ticket, a new ticket, follow-ups, the board, checklists and the password form, so those pages do not
  work; with policy-split.conf they do. (One thing stays blocked, rightly: the checklist templates want two
  scripts, one `@latest`, from public CDNs. And the help desk's own script throws on pages without a sidebar,
  as on the login, whatever the policy.)
  So a stranger's pages pass, and an audit that signs in must find 'unsafe-inline' on the staff's.
**shipped**
  http: /static/ answers on plain http (200 for files, 404 and 403 for the rest); all else 308 as above.
  https: no HSTS and no Content-Security-Policy anywhere. Django by itself sends nosniff, DENY and same-origin
  on its pages; nginx's own answers under /static/ and the old name's redirect carry nothing;
  /tickets/submit_iframe/ may be framed, by design.
  TLS 1.0 and 1.1, though named in ssl_protocols: alert 80 internal_error, as OpenSSL 3 has no suite for them
  at Debian's security level. That is a refusal. kRSA accepted (AES256-GCM-SHA384); aNULL, eNULL, DHE refused.
  A 2048-bit RSA key, verify return code 0; the alternative names are marked critical, which browsers accept.
**trap**
  As sound, but whatever /static/ answers (200, 403, 404) has none of the headers.
**legacy**
  kiosk.lab.test: TLS 1.0 (ECDHE-ECDSA-AES256-SHA), 1.1 and 1.2 accepted, 1.3 refused;
  `-cipher aNULL:@SECLEVEL=0`: AECDH-AES256-SHA, so no authentication. The other two names, on the other
  address: as in sound.
**inline**
  As sound, but each policy says script-src 'self' 'unsafe-inline'.
**strict**
  As sound to a stranger; for staff nothing that needs an inline script works. Not audited: it is there to show
  why sound is not so.

Where the looks and the audit differ is said in DIFFERENCES, not smoothed over: the hand has seen it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Expected:
    """What one check must say of one variant. {https} and {http} stand for the ports.

    Attributes:
        verdict: the one word.
        subjects: each must begin the subject of some finding.
        only: every finding's subject must begin with one of these; empty where nothing is asked.
        words: each must appear in what was found, or, on a pass, in what was seen.
    """

    verdict: str
    subjects: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


PORTAL, OLD = "https://helpdesk.lab.test:{https}/", "https://desk.lab.test:{https}/"
SOUND: Mapping[str, Expected] = MappingProxyType(
    {
        "https/redirects": Expected("pass"),
        "https/redirect-map": Expected("pass"),
        "https/certificate": Expected("pass", words=("88 days left", "EC secp256r1", "private root")),
        "https/tls": Expected("pass", words=("TLS 1.2 and TLS 1.3",)),
        "https/hsts": Expected("pass", words=("365 days",)),
        "https/mixed-content": Expected("pass"),
        "https/headers": Expected("pass"),
    }
)
_PLAIN_STATIC = "http://helpdesk.lab.test:{http}/static/"

EXPECTED: Mapping[str, Mapping[str, Expected]] = MappingProxyType(
    {
        "sound": SOUND,
        "shipped": {
            **SOUND,
            "https/redirects": Expected("fail", subjects=(_PLAIN_STATIC,), only=(_PLAIN_STATIC,)),
            "https/certificate": Expected("pass", words=("88 days left", "RSA 2048", "private root")),
            "https/tls": Expected("pass", words=("TLS 1.2 and TLS 1.3", "RSA key transport")),
            "https/hsts": Expected("fail", subjects=(PORTAL,), words=("no Strict-Transport-Security",)),
            "https/headers": Expected("fail", subjects=(PORTAL,), words=("no Content-Security-Policy",)),
        },
        "trap": {
            **{check: expected for check, expected in SOUND.items() if check != "https/headers"},
            "https/hsts": Expected(
                "fail",
                subjects=(PORTAL + "static/",),
                only=(PORTAL + "static/",),
                words=("no Strict-Transport-Security",),
            ),
        },
        "legacy": {
            **SOUND,
            "https/tls": Expected(
                "fail",
                subjects=("kiosk.lab.test:{https}",),
                only=("kiosk.lab.test:{https}",),
                words=("TLS 1.0", "TLS 1.1", "no authentication"),
            ),
        },
        "inline": {
            **SOUND,
            "https/headers": Expected(
                "fail", subjects=(PORTAL,), only=(PORTAL,), words=("'unsafe-inline' in script-src",)
            ),
        },
    }
)


@dataclass(frozen=True)
class Difference:
    """Something that the hand has seen and the audit does not say yet: a finding at this subject, and why not."""

    variant: str
    check: str
    subject: str
    why: str


DIFFERENCES = (
    Difference(
        "trap",
        "https/headers",
        PORTAL + "static/",
        "nginx's 403 and 404 pages under /static/ lost all headers, but nothing links there; the audit asks for "
        "one address that does not exist, at the root, and not for one in each folder",
    ),
    Difference(
        "shipped",
        "https/hsts",
        OLD,
        "the old name's redirect on https sends no HSTS; it is declared as a redirect and not among the hosts, "
        "and HSTS is judged on the crawl alone",
    ),
)

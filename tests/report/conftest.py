"""Reports of every kind, built from the structs alone."""

import hashlib
from pathlib import Path

import pytest

from launchready.scorecard import (
    SCHEMA,
    DoubtItem,
    FindingItem,
    FixItem,
    Portal,
    RedFlag,
    References,
    Report,
    Result,
    RowResult,
    RunInfo,
    SeenItem,
    Tool,
    WaivedItem,
)

ROWS = (
    ("https", "Encrypted everywhere", True),
    ("auth", "Nobody gets in without signing in", True),
    ("authz", "Everybody sees only their own", True),
    ("secrets", "No secrets in reach", True),
    ("email", "Mail arrives", True),
    ("edge", "The edge holds attacks off", False),
    ("deploy", "A release can be taken back", True),
    ("monitoring", "An outage reaches its owner", True),
    ("logging", "Logs tell, and do not tell too much", False),
    ("performance", "Quick under load", False),
)
FIX = FixItem(
    owner="Ask whoever runs the web server to send the header on every answer. In Cloudflare: SSL/TLS, Edge.",
    engineer=(
        "Send `Strict-Transport-Security: max-age=31536000` exactly once, on every https answer.\n"
        "nginx: in the server block, `add_header Strict-Transport-Security max-age=31536000 always;`. An "
        "add_header of its own in a location drops all inherited ones.\n"
        "Next.js: in next.config.js, headers() with source: '/:path*'."
    ),
    undo="Send `Strict-Transport-Security: max-age=0` on every answer.",
    verify="`curl -sI https://HOST/ | grep -i strict-transport`; then run `launchready audit --check https/hsts`.",
)
REFERENCES = References(("WSTG-CONF-07",), ("V3.4.1", "V3.7.4"), (523,), ())
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718"
    "e3660000000049454e44ae426082"
)


def finding(subject: str, detail: str, waived: WaivedItem | None = None) -> FindingItem:
    return FindingItem(
        hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest()[:16], subject, detail, waived
    )


def result(
    check: str,
    verdict: str = "pass",
    risk: str = "medium",
    asks: str = "Does every answer keep browsers on https for at least 180 days?",
    findings: tuple[FindingItem, ...] = (),
    *,
    doubts: tuple[DoubtItem, ...] = (),
    seen: tuple[SeenItem, ...] = (),
    screenshots: tuple[str, ...] = (),
) -> Result:
    summary = "2 observations, all as they should be"
    if findings:
        rest = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        summary = f"{findings[0].subject}: {findings[0].detail}{rest}"
    elif doubts:
        summary = f"{doubts[0].subject}: {doubts[0].detail}".removeprefix(": ")
    elif verdict == "not-applicable":
        summary = "browsers do not apply it to hosts that are IP addresses"
    return Result(
        check=check,
        row=check.partition("/")[0],
        verdict=verdict,
        risk=risk,
        asks=asks,
        why="Without it a browser tries http:// first. On a shared network an attacker catches that request.",
        summary=summary,
        seen=seen,
        cause=doubts[0].cause if verdict == "unknown" else "",
        settle_by=doubts[0].settle_by if verdict == "unknown" else "",
        doubts=doubts,
        findings=findings,
        fix=FIX,
        references=REFERENCES,
        screenshots=screenshots,
    )


def report(
    verdict: str, results: tuple[Result, ...], flags: tuple[RedFlag, ...] = (), **portal: str
) -> Report:
    def rolled(row: str) -> str:
        words = {r.verdict for r in results if r.row == row}
        return next((w for w in ("fail", "unknown", "pass", "not-applicable") if w in words), "unknown")

    return Report(
        schema=SCHEMA,
        tool=Tool("launchready", "0.1.0"),
        portal=Portal(
            portal.get("name", "Harbour Client Portal"), portal.get("url", "https://portal.lab.test/")
        ),
        run=RunInfo(
            "20261124T210000Z-3f9a",
            "2026-11-24T21:00:00Z",
            "2026-11-24T21:00:09Z",
            ("portal.lab.test", "www.lab.test"),
            "read",
        ),
        verdict=verdict,
        rows=tuple(
            RowResult(row, title, rolled(row), gate, "every page, asset and host redirects to HTTPS")
            for row, title, gate in ROWS
        ),
        results=results,
        red_flags=flags,
    )


SEEN = (
    SeenItem("https://portal.lab.test/", "42 of 42 answers keep browsers on https for at least 365 days"),
    SeenItem("https://www.lab.test/", "3 of 3 answers keep browsers on https for at least 365 days"),
)
NO_CONSENT = DoubtItem(
    "",
    "no-consent",
    "this needs to sign in, and nobody allowed it",
    "set scope.active and run it as a named person",
)
TIMED_OUT = DoubtItem(
    "https://portal.lab.test/slow", "unreachable", "nobody answered in time", "run the audit again later"
)


def ready_report() -> Report:
    checks = [
        "https/redirects",
        "https/certificate",
        "https/tls",
        "https/mixed-content",
        "auth/login",
        "authz/object",
        "secrets/bundle",
        "email/spf",
        "deploy/rollback",
        "monitoring/alert-drill",
        "logging/canary",
        "performance/p95",
    ]
    low = finding(
        "portal.lab.test", "no CAA record", WaivedItem("Ada Example", "moved next month", "2027-01-31")
    )
    return report(
        "ready",
        (
            *(result(check, seen=SEEN) for check in checks),
            result("https/hsts", "not-applicable"),
            result("edge/caa", "fail", "low", "Does a CAA record say who may issue certificates?", (low,)),
        ),
    )


def not_ready_report() -> Report:
    pages = tuple(
        finding(
            f"https://portal.lab.test/invoices/{n}?tab=…", "no Strict-Transport-Security header (answer 200)"
        )
        for n in range(140)
    )
    served = finding(
        "http://portal.lab.test/login", "answers 200 over plain http: a password typed here can be read"
    )
    tenant = finding("https://portal.lab.test/api/v1/invoices/1001", "client B reads an invoice of client A")
    accepted = finding(
        "https://portal.lab.test/legacy/a-very-long-address-that-goes-on-and-on/with-many-segments/and-no-blank",
        "Content-Security-Policy allows 'unsafe-inline' in script-src (through default-src)",
        WaivedItem("Ada Example", "the legacy reports are shut down in January", "2027-01-31"),
    )
    bare = finding("https://portal.lab.test/", "on every page of this host: no Content-Security-Policy")
    return report(
        "not-ready",
        (
            result(
                "https/redirects",
                "fail",
                "high",
                "Does plain http:// always end on https://?",
                (served,),
                seen=SEEN,
            ),
            result(
                "https/redirect-map",
                seen=SEEN[:1],
                asks="Do the declared redirects work and lead nowhere else?",
            ),
            result("https/certificate", seen=SEEN, asks="Is the certificate one that every browser trusts?"),
            result(
                "https/tls", "unknown", doubts=(TIMED_OUT,), asks="Is no protocol below TLS 1.2 accepted?"
            ),
            result(
                "https/hsts",
                "fail",
                findings=pages,
                doubts=(TIMED_OUT,),
                seen=SEEN,
                screenshots=("shot.png",),
            ),
            result(
                "https/headers",
                "fail",
                asks="Does every page carry a working policy?",
                findings=(bare, accepted),
            ),
            result(
                "auth/login",
                "unknown",
                "high",
                "Can one sign in once, from a clean browser?",
                doubts=(NO_CONSENT,),
            ),
            result(
                "auth/logout", "unknown", "high", "Does signing out end the session?", doubts=(NO_CONSENT,)
            ),
            result(
                "authz/object", "fail", "critical", "Does each identity see only its own records?", (tenant,)
            ),
            result("email/spf", seen=SEEN, asks="May every declared sender send?"),
        ),
        (RedFlag("authz/object", "Only the front end keeps clients apart: the server hands out any record"),),
    )


def not_proven_report() -> Report:
    doubts = tuple(
        DoubtItem(
            f"https://portal.lab.test/page-{n}", "unreachable", "nobody answered in time", "run it again"
        )
        for n in range(30)
    )
    return report(
        "not-proven",
        (
            result("https/redirects", seen=SEEN),
            result("https/tls", "unknown", "high", doubts=doubts, seen=SEEN),
            *(
                result(f"auth/{name}", "unknown", "high", doubts=(NO_CONSENT,))
                for name in ("login", "logout", "bypass")
            ),
            result(
                "deploy/rollback",
                "unknown",
                doubts=(DoubtItem("", "ambiguous", "two say so", "ask the owner"),),
            ),
        ),
    )


HOSTILE = (
    "</script></style><img src=x onerror=alert(1)>\"'`|**@ada #1 ]]>&amp;{{7*7}}"
    "\x1b[2J\x07\u202eevil\x00\ud7ff\n## no"
)


def hostile_report() -> Report:
    """Every string that can come from a portal tries to break out."""
    bad = finding(f"https://portal.lab.test/{HOSTILE}", HOSTILE, WaivedItem(HOSTILE, HOSTILE, HOSTILE))
    doubt = DoubtItem(HOSTILE, "unreachable", HOSTILE, HOSTILE)
    return report(
        "not-ready",
        (
            result(
                "https/hsts", "fail", "high", findings=(bad, finding(HOSTILE, "x" * 9_000)), doubts=(doubt,)
            ),
            result("https/tls", "unknown", doubts=(doubt,), seen=(SeenItem(HOSTILE, HOSTILE),)),
            result(
                "auth/login", seen=(SeenItem(HOSTILE, HOSTILE),), screenshots=(HOSTILE, "../../etc/passwd")
            ),
        ),
        (RedFlag("https/hsts", HOSTILE),),
        name=HOSTILE,
        url=f"https://portal.lab.test/{HOSTILE}",
    )


@pytest.fixture
def ready() -> Report:
    return ready_report()


@pytest.fixture
def not_ready() -> Report:
    return not_ready_report()


@pytest.fixture
def not_proven() -> Report:
    return not_proven_report()


@pytest.fixture
def hostile() -> Report:
    return hostile_report()


@pytest.fixture(
    params=[ready_report, not_ready_report, not_proven_report, hostile_report], ids=lambda f: f.__name__
)
def any_report(request: pytest.FixtureRequest) -> Report:
    made: Report = request.param()
    return made


@pytest.fixture
def attachments(tmp_path: Path) -> Path:
    """A folder with one screenshot."""
    (tmp_path / "shot.png").write_bytes(PIXEL)
    return tmp_path

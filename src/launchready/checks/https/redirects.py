"""Does plain http:// always lead to https:// at once, everywhere on the portal?"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from launchready.check import Check, Fix, Risk
from launchready.checks.https._addresses import host, location, origin, split
from launchready.checks.https._plain_answers import Meaning, Means, PlainAnswers, host_root
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Document, Exchange, Page, PlainHttp, Trail
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

MOST_CHANGES = 2
"""Hops that change scheme or host: one to https on the same host, one to the right host."""

_LOOK_AGAIN = "run the audit again, or ask this address with curl -I"


@dataclass(slots=True)
class _Notes:
    """What was found so far. What is fine is counted per host, as it is all the same."""

    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    fine: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, url: str, meaning: Meaning) -> None:
        """Note what an answer means."""
        match meaning.means:
            case Means.SOUND:
                self.fine[host_root(url), meaning.words] += 1
            case Means.FAULT:
                self.findings.append(Finding(subject(url), meaning.words))
            case Means.DOUBT:
                self.doubts.append(Doubt(subject(url), Cause.AMBIGUOUS, meaning.words, _LOOK_AGAIN))

    def seen(self) -> list[Seen]:
        """What is fine, once for each host and kind."""
        return [
            Seen(root, f"{count} addresses {words}") for (root, words), count in sorted(self.fine.items())
        ]


def judge(plain: PlainHttp, crawl: Crawl) -> Verdict:
    """Look at every first hop, at every trail as a whole, and at redirects among the https pages."""
    answers, notes = PlainAnswers(plain, crawl), _Notes()
    gets = {trail.url: trail for trail in plain.trails if trail.method == "GET"}
    _silent_hosts(gets, notes)
    for trail in gets.values():
        if trail.hops:
            notes.take(trail.url, answers.meaning(trail))
            _whole(trail, notes)
        elif trail.end == "closed":
            notes.take(trail.url, Meaning(Means.SOUND, "cannot be asked on plain http: the port is closed"))
    for trail in plain.trails:
        get = gets.get(trail.url)
        if not trail.hops:
            if trail.method != "GET" and trail.why and not (get and not get.hops):
                notes.doubts.append(trail.why.doubt(subject(trail.url)))
        elif trail.method == "POST":
            notes.take(trail.url, answers.post_meaning(trail))
        elif trail.method == "HEAD" and get and get.hops:
            notes.take(trail.url, answers.head_meaning(trail, get))
    seen = notes.seen()
    notes.findings += _among_pages(crawl)
    return weigh(seen, notes.findings, notes.doubts)


def _silent_hosts(gets: dict[str, Trail], notes: _Notes) -> None:
    """Note what gave no answer; once for a host of which nothing answered."""
    by_host: dict[str, list[Trail]] = defaultdict(list)
    for trail in gets.values():
        by_host[host_root(trail.url)].append(trail)
    for root, trails in by_host.items():
        silent = [(trail, trail.why) for trail in trails if trail.why and not trail.hops]
        if silent and len(silent) == len(trails):
            notes.doubts.append(silent[0][1].doubt(root))
        else:
            notes.doubts += [why.doubt(subject(trail.url)) for trail, why in silent]


def _whole(trail: Trail, notes: _Notes) -> None:
    """What is wrong with a trail beyond its first hop."""
    about = subject(trail.url)
    addresses = (trail.url, *trail.locations)
    steps = list(pairwise(addresses))
    for here, there in steps:
        if _is_downgrade(here, there):
            notes.findings.append(Finding(subject(here), _back_to_plain(there)))
    chain = [origin(trail.url)]
    chain += [origin(there) for here, there in steps if origin(here) != origin(there)]
    if len(chain) - 1 > MOST_CHANGES:
        words = f"a chain of {len(chain) - 1} redirects between schemes or hosts: {' → '.join(chain)}"
        notes.findings.append(Finding(about, words))
    if trail.end in ("loop", "too-long"):
        words = (
            "redirects in a loop" if trail.end == "loop" else f"still redirects after {len(trail.hops)} hops"
        )
        if any(hop.values("set-cookie") for hop in trail.hops):
            # A browser would keep the cookie, and might get through with it.
            settle = (
                "open the address in a browser; if it ends there, let the redirect not depend on a cookie"
            )
            notes.doubts.append(
                Doubt(about, Cause.AMBIGUOUS, f"{words} for a visitor without cookies", settle)
            )
        elif trail.end == "loop":
            notes.findings.append(Finding(about, words))
        else:
            # We stopped counting; that it never ends, nobody has seen.
            settle = "follow the address by hand and see whether it ends"
            notes.doubts.append(Doubt(about, Cause.AMBIGUOUS, words, settle))
    elif trail.end == "closed":
        notes.findings.append(
            Finding(about, f"leads to a port that refuses connections ({origin(addresses[-1])})")
        )
    elif trail.why:
        notes.doubts.append(trail.why.doubt(about))


def _is_downgrade(here: str, there: str) -> bool:
    return split(here).scheme == "https" and split(there).scheme == "http"


def _back_to_plain(there: str) -> str:
    return f"redirects from https back to plain http (on {host(there)})"


def _among_pages(crawl: Crawl) -> list[Finding]:
    """Ways back to plain http that the pages themselves take."""
    findings = []
    for page in crawl.pages:
        about = subject(page.url)
        if page.source == "start" and page.url.startswith("http://"):
            findings.append(Finding(about, "the portal's own address is a plain http:// address"))
        to = location(page.exchange)
        if _is_downgrade(page.url, to):
            findings.append(Finding(about, _back_to_plain(to)))
        if page.document and _is_downgrade(page.url, page.document.refresh):
            words = f"a meta refresh leads from https back to plain http (on {host(page.document.refresh)})"
            findings.append(Finding(about, words))
    return findings


CHECK = Check(
    asks="Does every http:// address go straight to the same address on https://?",
    risk=Risk.HIGH,
    why=(
        "People type addresses without https://, and old mails and bookmarks hold http:// links. Whatever is "
        "answered there travels in the clear: anybody on the same network, and everybody in between, reads "
        "the password or session of whoever signs in, or changes the page on its way. One forgotten path or "
        "host name is enough. A redirect that loses the path breaks every deep link; one that is only "
        "temporary is asked for again each time, in the clear each time; one that leaves for another host "
        "first never lets browsers remember https for the host that was typed."
    ),
    fix=Fix(
        owner=(
            "Ask whoever runs the web server or the hosting to answer plain http:// with nothing but a "
            "permanent redirect to the same address on https://, for every host name and every path. In "
            "Cloudflare: SSL/TLS, Edge Certificates, Always Use HTTPS. On most hosting panels the switch is "
            "called Force HTTPS."
        ),
        engineer=(
            "Give port 80 a listener of its own that serves no files and reaches no application, and keep "
            "host, path and query.\n"
            "nginx: `server { listen 80; listen [::]:80; server_name HOST www.HOST; "
            "return 308 https://$host$request_uri; }` and no other server block on port 80. Move to another "
            "host (www to bare name) in the https server block, as a second hop.\n"
            "Caddy: it redirects by itself for every site address without a scheme; take `http://` out of "
            "the site addresses and `auto_https off` or `disable_redirects` out of the global options.\n"
            "Apache: `<VirtualHost *:80>` with `Redirect permanent / https://HOST/`.\n"
            "Django: SECURE_SSL_REDIRECT = True with SecurityMiddleware first, and SECURE_PROXY_SSL_HEADER "
            "as the proxy sets it, or it loops; static and media files come from the web server: redirect "
            "there too.\n"
            "Express: app.set('trust proxy', 1), then before every other handler `if (!req.secure) return "
            "res.redirect(308, 'https://' + req.hostname + req.originalUrl)`.\n"
            "For a way back to http:// inside the portal look for http:// in redirect targets, and for a "
            "proxy that does not hand X-Forwarded-Proto on. An API is better off refusing plain http (403) "
            "than redirecting it: a client that sent a token in the clear should notice."
        ),
        undo=(
            "Take the redirect out and reload the server. Browsers keep permanent redirects in their cache "
            "for a while, and those that have seen an HSTS header go on using https; so try with 307 first "
            "if you are not sure, and make it 308 when all works."
        ),
        verify=(
            "`curl -sI http://HOST/some/deep/path?x=1` must show 301 or 308 and `Location: "
            "https://HOST/some/deep/path?x=1`, for every host name; then run `launchready audit --check "
            "https/redirects`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CRYP-03",),
    asvs=("V12.2.1", "V4.1.2"),
    cwe=(319,),
)


def _hop(url: str, status: int, digest: str = "", *headers: tuple[str, str], size: int = 10) -> Exchange:
    """An exchange for the examples."""
    return Exchange("GET", url, status, headers, size, truncated=False, digest=digest, address="192.0.2.1")


def _to(url: str, *hops: tuple[int, str], method: str = "GET", end: str = "answer", last: int = 200) -> Trail:
    """A trail for the examples: (status, location) for each redirect, then an answer unless `last` is 0."""
    addresses = [url, *(location for _, location in hops)]
    exchanges = [_hop(at, status) for at, (status, _) in zip(addresses, hops, strict=False)]
    if last:
        exchanges.append(_hop(addresses[-1], last))
    return Trail(url, method, tuple(exchanges), tuple(addresses[1:]), end)


def _page(url: str, status: int = 200, digest: str = "", *headers: tuple[str, str], size: int = 10) -> Page:
    """A crawled page for the examples."""
    return Page(_hop(url, status, digest, *headers, size=size), url, "link")


_PLAIN, _SECURE = "http://portal.example", "https://portal.example"
_HOME = _to(f"{_PLAIN}/", (301, f"{_SECURE}/"))
_CRAWL = Crawl((_page(f"{_SECURE}/"), _page(f"{_SECURE}/app")))
_TIMED_OUT = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")
_BARE = (("content-type", "text/html"), ("server", "nginx"))
_APP = (("content-type", "application/json"), ("x-request-id", "~1"), ("content-security-policy", "none"))


def _one(trail: Trail, crawl: Crawl = _CRAWL, *secure: tuple[str, int, str]) -> tuple[PlainHttp, Crawl]:
    return PlainHttp((trail,), secure), crawl


def _refusal(plain: Exchange, secure: Page) -> tuple[PlainHttp, Crawl]:
    """One address that both sides refuse."""
    trail = Trail(plain.url, "GET", (plain,), (), "answer")
    return _one(trail, Crawl((secure,)), (plain.url, secure.exchange.status, secure.exchange.digest))


CHECK.example(
    "every address goes to the same one on https",
    Pass,
    PlainHttp((_HOME, _to(f"{_PLAIN}/app?page=2", (308, f"{_SECURE}/app?page=2")))),
    _CRAWL,
)
CHECK.example(
    "then on to the right host: two changes",
    Pass,
    *_one(_to("http://www.example/", (301, "https://www.example/"), (301, f"{_SECURE}/"))),
)
CHECK.example(
    "spelling: default port, case of the host, escapes, a slash at the end",
    Pass,
    *_one(_to(f"{_PLAIN}/%7Eme", (301, "https://PORTAL.example:443/~me/"))),
)
CHECK.example(
    "straight to where https would redirect anyway",
    Pass,
    *_one(
        _to(f"{_PLAIN}/app", (301, f"{_SECURE}/login")),
        Crawl((_page(f"{_SECURE}/app", 302, "", ("location", "/login")),)),
    ),
)
CHECK.example("the plain port is closed", Pass, *_one(Trail(f"{_PLAIN}/", "GET", (), (), "closed")))
CHECK.example(
    "a plain listener that refuses everything",
    Pass,
    *_refusal(_hop(f"{_PLAIN}/", 403, "~plain", *_BARE), _page(f"{_SECURE}/", 200, "~home")),
)
CHECK.example(
    "another server refuses on plain http what the portal refuses on https",
    Pass,
    *_refusal(_hop(f"{_PLAIN}/", 403, "~plain", *_BARE, size=153), _page(f"{_SECURE}/", 403, "~app", *_APP)),
)
CHECK.example("served on plain http", Fail, *_one(_to(f"{_PLAIN}/app")))
CHECK.example(
    "a portal that refuses strangers, on plain http as on https, is served in the clear",
    Fail,
    *_refusal(_hop(f"{_PLAIN}/", 401, "~app", *_APP), _page(f"{_SECURE}/", 401, "~app", *_APP)),
)
CHECK.example(
    "the portal's error page on plain http: another token in it, no headers of the https front",
    Fail,
    *_refusal(
        _hop(f"{_PLAIN}/no", 404, "~a", *_BARE, size=1011),
        _page(f"{_SECURE}/no", 404, "~b", *_BARE, size=1011),
    ),
)
CHECK.example(
    "a password prompt on plain http",
    Fail,
    *_one(
        Trail(
            f"{_PLAIN}/", "GET", (_hop(f"{_PLAIN}/", 401, "", ("www-authenticate", "Basic")),), (), "answer"
        )
    ),
)
CHECK.example("a temporary redirect", Fail, *_one(_to(f"{_PLAIN}/", (302, f"{_SECURE}/"))))
CHECK.example("the path is lost", Fail, *_one(_to(f"{_PLAIN}/app", (301, f"{_SECURE}/"))))
CHECK.example("another host first", Fail, *_one(_to("http://www.example/", (301, f"{_SECURE}/"))))
CHECK.example(
    "back to plain http among the pages",
    Fail,
    PlainHttp((_HOME,)),
    Crawl((_page(f"{_SECURE}/old", 302, "", ("location", f"{_PLAIN}/new")),)),
)
CHECK.example(
    "a meta refresh back to plain http",
    Fail,
    PlainHttp((_HOME,)),
    Crawl((Page(_hop(f"{_SECURE}/x", 200), "x", "link", Document((), 0, refresh=f"{_PLAIN}/y")),)),
)
CHECK.example(
    "a loop", Fail, *_one(_to(f"{_PLAIN}/", (301, f"{_SECURE}/"), (301, f"{_SECURE}/"), end="loop", last=0))
)
CHECK.example(
    "HEAD is served, GET redirects",
    Fail,
    PlainHttp((_HOME, _to(f"{_PLAIN}/", method="HEAD"))),
    _CRAWL,
)
CHECK.example(
    "nobody answers on the plain port",
    Unknown,
    *_one(Trail(f"{_PLAIN}/", "GET", (), (), "missing", _TIMED_OUT)),
)
CHECK.example("a server error on plain http", Unknown, *_one(_to(f"{_PLAIN}/", last=503)))
CHECK.example(
    "a loop that a cookie may end",
    Unknown,
    *_one(
        Trail(
            f"{_PLAIN}/",
            "GET",
            (_hop(f"{_PLAIN}/", 301), _hop(f"{_SECURE}/", 302, "", ("set-cookie", "seen=~1"))),
            (f"{_SECURE}/", f"{_SECURE}/"),
            "loop",
        )
    ),
)
CHECK.example("nothing was asked", Unknown, PlainHttp(()), Crawl(()))

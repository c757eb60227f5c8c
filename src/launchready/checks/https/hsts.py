"""Does every https answer tell browsers to stay on https?"""

import re
from collections import defaultdict
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.https._unseen import unvisited
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page, Unvisited
from launchready.evidence.redact import subject
from launchready.thresholds import thresholds
from launchready.verdict import (
    Cause,
    Doubt,
    Fail,
    Finding,
    NotApplicable,
    Pass,
    Seen,
    Unknown,
    Verdict,
    weigh,
)

MIN_MAX_AGE: int = thresholds("http")["hsts"]["min_max_age"]["value"]
HEADER = "strict-transport-security"
_DAY = 86_400
_DIRECTIVE = re.compile(
    r"""[ \t]*(?:
        (?P<name>[!#$%&'*+\-.^_`|~0-9A-Za-z]+)
        (?:[ \t]*=[ \t]*(?P<value>[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[^"\\]|\\.)*"))?
    )?[ \t]*(?P<end>;|\Z)""",
    re.VERBOSE,
)
"""One directive of RFC 6797 section 6.1, or an empty one, up to the semicolon or the end."""


def judge(crawl: Crawl) -> Verdict:
    """Look at every https answer: one location without the header leaves those who start there bare.

    An address that answered several visitors is one subject.
    """
    ours = [page for page in crawl.pages if _is_asked(page.url, crawl)]
    silent = [each for each in unvisited(crawl) if _is_asked(each.url, crawl)]
    if not ours and not silent and any(_is_address(page.url) for page in crawl.pages):
        return NotApplicable(
            "browsers do not apply HSTS to hosts that are IP addresses (RFC 6797, section 8.1.1)"
        )
    by_host: dict[str, dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
    for page in ours:
        by_host[_host_root(page.url)][page.url].append(page)
    seen: list[Seen] = []
    findings: list[Finding] = []
    for host, answers in sorted(by_host.items()):
        faults = {url: wrong for url, pages in answers.items() if (wrong := _wrong(pages))}
        kinds = {fault for wrong in faults.values() for fault, _ in wrong}
        if len(faults) == len(answers) > 1 and len(kinds) == 1:
            findings.append(Finding(host, f"on every answer of this host: {next(iter(kinds))}"))
        else:
            findings += [
                Finding(subject(url), f"{fault} (answer {', '.join(map(str, statuses))})")
                for url, wrong in faults.items()
                for fault, statuses in wrong
            ]
        if sound := [page for url, pages in answers.items() if url not in faults for page in pages]:
            seen.append(Seen(host, _as_seen(sound, len(answers) - len(faults), len(answers))))
    return weigh(seen, findings, _doubts(silent, by_host))


def _is_asked(url: str, crawl: Crawl) -> bool:
    """Whether HSTS is asked of this address: https, a name and not a number, and the portal's own."""
    parts = urlsplit(url)
    return parts.scheme == "https" and not _is_address(url) and parts.hostname not in crawl.third_parties


def _is_address(url: str) -> bool:
    try:
        ip_address((urlsplit(url).hostname or "").partition("%")[0])
    except ValueError:
        return False
    return True


def _host_root(url: str) -> str:
    return subject(f"https://{urlsplit(url).netloc}/")


def _fault(exchange: Exchange) -> str:
    """What is wrong with the answer's policy, in words; empty when it is sound."""
    values = exchange.values(HEADER)
    if not values:
        return "no Strict-Transport-Security header"
    which = f"the first of {len(values)} headers, the one that counts, " if len(values) > 1 else "the header "
    try:
        age = max_age(values[0])
    except ValueError as error:
        return f"{which}is not valid, so browsers ignore it: {error}"
    if age == 0:
        return f"{which}says max-age=0, which tells browsers to forget the policy"
    if age < MIN_MAX_AGE:
        return f"{which}says max-age={age} ({age / _DAY:.3g} days), less than {MIN_MAX_AGE // _DAY} days"
    return ""


def max_age(value: str) -> int:
    """Seconds that a header's policy holds (RFC 6797, section 6.1); ValueError says what makes it invalid."""
    directives: dict[str, str] = {}
    position = 0
    while position < len(value):
        match = _DIRECTIVE.match(value, position)
        if match is None:
            raise ValueError("it does not follow the grammar of RFC 6797")
        if match["name"]:
            name = match["name"].lower()
            if name in directives:
                raise ValueError(f"it names {name[:40]} twice")
            directives[name] = (match["value"] or "").strip('"')
            if name == "includesubdomains" and match["value"]:
                raise ValueError("includeSubDomains takes no value")
        position = match.end()
    if "max-age" not in directives:
        raise ValueError("it has no max-age")
    if not re.fullmatch(r"[0-9]+", directives["max-age"]):
        raise ValueError("its max-age is not a number of seconds")
    digits = directives["max-age"].lstrip("0")
    return int(digits[:20] or "0")  # twenty digits are for ever already


def _wrong(pages: list[Page]) -> list[tuple[str, list[int]]]:
    """What is wrong with the answers that one address gave, whoever asked; each fault once, with their statuses."""
    found: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        if fault := _fault(page.exchange):
            found[fault].add(page.exchange.status)
    return [(fault, sorted(statuses)) for fault, statuses in found.items()]


def _as_seen(pages: list[Page], sound: int, total: int) -> str:
    shortest = min(max_age(page.exchange.values(HEADER)[0]) for page in pages)
    return f"{sound} of {total} answers keep browsers on https for at least {shortest // _DAY} days"


def _doubts(silent: list[Unvisited], by_host: Collection[str]) -> list[Doubt]:
    """What gave no answer; said once for a host of which nothing answered."""
    return [
        each.why.doubt(subject(each.url) if (host := _host_root(each.url)) in by_host else host)
        for each in silent
    ]


CHECK = Check(
    asks="Does every https answer of every host tell browsers to use https only, for at least 180 days?",
    risk=Risk.MEDIUM,
    why=(
        "Without Strict-Transport-Security (HSTS) a browser tries http:// first whenever somebody types the "
        "address or follows an old link. On a shared network an attacker can catch that first request, keep "
        "the visitor on plain http and read the password. A header that is sent on the home page alone does "
        "not protect those who arrive on a deep link, and max-age=0 on a single page switches the "
        "protection off for the whole host."
    ),
    fix=Fix(
        owner=(
            "Ask whoever runs the web server or the hosting to send the HSTS header on every answer, error "
            "pages included. In Cloudflare: SSL/TLS, Edge Certificates, HTTP Strict Transport Security, "
            "Enable. First make sure that all of the site works over https: browsers will refuse plain http "
            "for as long as you say."
        ),
        engineer=(
            "Send `Strict-Transport-Security: max-age=31536000; includeSubDomains` exactly once, from the "
            "outermost server, on every https answer. Start with a short max-age, then raise it; leave "
            "includeSubDomains out while any subdomain still needs http.\n"
            "nginx: in the server block, `add_header Strict-Transport-Security 'max-age=31536000; "
            "includeSubDomains' always;`. Without `always`, error pages go without; and one add_header of "
            "its own in a location drops all inherited ones, so repeat it there or include one shared file.\n"
            "Caddy: `header Strict-Transport-Security max-age=31536000` in the site block, "
            "and see that answers of handle_errors carry it too.\n"
            "Django: SECURE_HSTS_SECONDS = 31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS = True, with "
            "SecurityMiddleware first and SECURE_PROXY_SSL_HEADER set behind a proxy; static files come "
            "from another server: set it there.\n"
            "Express: app.use(helmet({ strictTransportSecurity: { maxAge: 31536000 } })) before every other "
            "handler, express.static included.\n"
            "Next.js: in next.config.js, headers() with source: '/:path*' and the key "
            "Strict-Transport-Security."
        ),
        undo=(
            "Send `Strict-Transport-Security: max-age=0` on every answer. Browsers forget the policy at "
            "their next visit; those that do not come back keep it until the old max-age has run out."
        ),
        verify=(
            "`curl -sI https://HOST/ | grep -i strict-transport` for the home page, a deep page, an image, "
            "a redirect and an address that does not exist; then run `launchready audit --check https/hsts`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-07",),
    asvs=("V3.4.1", "V3.7.4"),
    cwe=(523,),
)


def _answer(
    path: str, *policies: str, host: str = "portal.example", status: int = 200, who: str = "anonymous"
) -> Page:
    """A page for the examples."""
    headers = (("content-type", "text/html"), *((HEADER, policy) for policy in policies))
    url = f"https://{host}{path}"
    exchange = Exchange("GET", url, status, headers, 10, truncated=False, digest="~0", address="192.0.2.1")
    return Page(exchange, path, "link", None, who)


_YEAR = "max-age=31536000; includeSubDomains"
_TIMED_OUT = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")

CHECK.example(
    "every answer carries it, error pages too",
    Pass,
    Crawl((_answer("/", _YEAR), _answer("/no", _YEAR, status=404))),
)
CHECK.example(
    "odd but valid: case, blanks, quotes, unknown directives",
    Pass,
    Crawl((_answer("/", 'MAX-AGE = "31536000" ;; x-unknown="a;b" ; IncludeSubDomains'),)),
)
CHECK.example("two headers: the first counts", Pass, Crawl((_answer("/", _YEAR, "max-age=0"),)))
CHECK.example("no answer carries it", Fail, Crawl((_answer("/"), _answer("/login"))))
CHECK.example("one location lost it", Fail, Crawl((_answer("/", _YEAR), _answer("/app"))))
CHECK.example("two headers: the first switches it off", Fail, Crawl((_answer("/", "max-age=0", _YEAR),)))
CHECK.example(
    "lost where a person is signed in, on an address that strangers get as well",
    Fail,
    Crawl((_answer("/", _YEAR), _answer("/", who="nora"), _answer("/x", _YEAR))),
)
CHECK.example("shorter than 180 days", Fail, Crawl((_answer("/", "max-age=86400"),)))
CHECK.example("no max-age", Fail, Crawl((_answer("/", "includeSubDomains"),)))
CHECK.example(
    "hosts that are IP addresses have no HSTS", NotApplicable, Crawl((_answer("/", host="192.0.2.1"),))
)
CHECK.example(
    "a page that gave no answer",
    Unknown,
    Crawl((_answer("/", _YEAR),), (Unvisited("https://portal.example/slow", _TIMED_OUT),)),
)
CHECK.example(
    "what one identity did not get to, another visitor was given",
    Pass,
    Crawl((_answer("/", _YEAR),), (Unvisited("https://portal.example/", _TIMED_OUT, "nora"),)),
)
CHECK.example("nothing was crawled", Unknown, Crawl(()))

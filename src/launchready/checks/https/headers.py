"""Do the HTML documents carry the headers that hold attacks back in the browser?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.https._csp import grade
from launchready.checks.https._unseen import unseen
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Document, Exchange, Page, Unvisited
from launchready.evidence.redact import subject
from launchready.thresholds import thresholds
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_MANY, _SHOWN = 10, 3
"""Pages with the same faults that are told one by one at most; and of more, so many as examples."""
_FRAMING = thresholds("http")["framing"]
_REFERRER = thresholds("http")["referrer"]
_KNOWN_REFERRER = (*_REFERRER["private"]["value"], *_REFERRER["leaky"]["value"])


def judge(crawl: Crawl) -> Verdict:
    """Look at every document: attackers choose the page that is least protected, not the home page.

    A page that several were given is one subject: what is wrong with any of the answers is wrong with it.
    """
    by_host: dict[str, dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
    busy: dict[str, int] = {}
    for page in crawl.pages:
        if _is_document(page.exchange) and urlsplit(page.url).hostname not in crawl.third_parties:
            host = subject(f"https://{urlsplit(page.url).netloc}/")
            if page.exchange.is_not_now and graded(page)[0]:
                busy.setdefault(host, page.exchange.status)
            else:
                by_host[host][page.url].append(page)
    doubts = [_busy(host, status) for host, status in sorted(busy.items())]
    seen: list[Seen] = []
    findings: list[Finding] = []
    for host, answers in sorted(by_host.items()):
        grades = {url: [graded(page) for page in pages] for url, pages in answers.items()}
        faults = {
            url: tuple(dict.fromkeys(f for some, _ in each for f in some)) for url, each in grades.items()
        }
        shared = _shared(list(faults.values()))
        if shared:
            findings.append(Finding(host, f"on every page of this host: {'; '.join(shared)}"))
        alike: dict[str, list[str]] = defaultdict(list)
        for url, pages in answers.items():
            if own := [fault for fault in faults[url] if fault not in shared]:
                wrong = [
                    page for page, (some, _) in zip(pages, grades[url], strict=True) if set(some) & set(own)
                ]
                alike[f"{'; '.join(own)}{_status(wrong)}"].append(subject(url))
        findings += _told(host, alike, len(answers))
        if sound := [url for url in answers if not faults[url]]:
            weak = {each for url in sound for _, some in grades[url] for each in some}
            seen.append(Seen(host, _as_seen(len(sound), len(answers), weak)))
    return weigh(seen, findings, (*doubts, *unseen(crawl)))


def _told(host: str, alike: Mapping[str, list[str]], pages: int) -> Iterator[Finding]:
    """Each page by itself; where many have the same faults, one cause is behind them, and it is said once of the host."""
    for faults, urls in alike.items():
        if len(urls) <= _MANY:
            yield from (Finding(url, faults) for url in urls)
        else:
            shown = ", ".join(dict.fromkeys(urls[:_SHOWN]))
            yield Finding(host, f"on {len(urls)} of {pages} pages, as {shown}: {faults}")


def _busy(host: str, status: int) -> Doubt:
    """Nothing but answers of a front end or limiter, which say nothing of the portal's own pages."""
    return Doubt(
        host,
        Cause.UNREACHABLE,
        f"pages of it were answered {status}: not now",
        "run the audit again when the portal answers",
    )


def _shared(faults: list[tuple[str, ...]]) -> list[str]:
    """The faults that all of several pages have: said once, of the host."""
    if len(faults) < 2:
        return []
    return [fault for fault in faults[0] if all(fault in others for others in faults)]


def _is_document(exchange: Exchange) -> bool:
    """Whether a browser would show this as a page: HTML with a body, no redirect, no download."""
    if not exchange.is_html or not exchange.size or urlsplit(exchange.url).scheme != "https":
        return False
    if 300 <= exchange.status < 400 and exchange.values("location"):
        return False
    return not any(v.strip().lower().startswith("attachment") for v in exchange.values("content-disposition"))


def _status(pages: list[Page]) -> str:
    """What tells the answers that are wrong: their status if it is no 200, and whether only those signed in get them."""
    statuses = sorted({page.exchange.status for page in pages})
    told = [f"answer {', '.join(map(str, statuses))}"] if statuses != [200] else []
    if all(page.who != "anonymous" for page in pages):
        told.append("seen signed in")
    return f" ({'; '.join(told)})" if told else ""


def _as_seen(sound: int, total: int, weak: set[str]) -> str:
    but = f"; passes, but could be tighter: {'; '.join(sorted(weak))}" if weak else ""
    pages = f"{sound} of {total} pages carry" if total > 1 else "its page carries"
    return f"{pages} a sound CSP, framing protection, nosniff and no leaky referrer policy{but}"


def graded(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What fails on this document, and what passes though weak, as the MDN HTTP Observatory grades it."""
    exchange, document = page.exchange, page.document or Document((), 0)
    csp = grade(
        exchange.values("content-security-policy"),
        document.csp_meta,
        report_only=bool(exchange.values("content-security-policy-report-only")),
    )
    framing, weak_framing = ("", "") if csp.frame_ancestors else _framing(exchange)
    faults = (*csp.faults, framing, _sniffing(exchange), _referrer(exchange, document))
    return tuple(filter(None, faults)), tuple(filter(None, (*csp.weak, weak_framing)))


def _framing(exchange: Exchange) -> tuple[str, str]:
    """Fault and weakness of X-Frame-Options, where no policy rules framing. The first header counts."""
    value = next(iter(exchange.values("x-frame-options")), "").strip().lower()
    if value in _FRAMING["accepted"]["value"]:
        return "", ""
    if value.startswith(tuple(_FRAMING["tolerated"]["value"])):
        return "", "X-Frame-Options ALLOW-FROM is ignored by current browsers, use frame-ancestors"
    if value:
        return "X-Frame-Options is neither DENY nor SAMEORIGIN, and no frame-ancestors in a CSP header", ""
    return "anybody may frame it: neither frame-ancestors in a CSP header nor X-Frame-Options", ""


def _sniffing(exchange: Exchange) -> str:
    values = exchange.values("x-content-type-options")
    if not values:
        return "no X-Content-Type-Options: nosniff"
    return "" if values[0].strip().lower() == "nosniff" else "X-Content-Type-Options is not nosniff"


def _referrer(exchange: Exchange, document: Document) -> str:
    """The last known policy counts, a meta element after headers. None is sound: browsers default well."""
    values = [*exchange.values("referrer-policy"), *filter(None, (document.referrer_meta,))]
    if not values:
        return ""
    tokens = [token.strip().lower() for value in values for token in value.split(",")]
    known = [token for token in tokens if token in _KNOWN_REFERRER]
    if not known:
        return "Referrer-Policy names no policy that browsers know"
    leaky = known[-1] in _REFERRER["leaky"]["value"]
    return f"Referrer-Policy {known[-1]} tells other sites or http where people come from" if leaky else ""


CHECK = Check(
    asks=(
        "Does every page carry a working Content-Security-Policy, protection against framing, nosniff, and "
        "no leaky referrer policy?"
    ),
    risk=Risk.MEDIUM,
    why=(
        "These headers are the second line of defence. A Content-Security-Policy keeps a script that "
        "somebody managed to inject from running and stealing records; framing protection stops other sites "
        "from laying your buttons under theirs; nosniff keeps an uploaded file from being run as a script; "
        "a referrer policy keeps addresses with names and tokens in them from travelling to other sites. An "
        "attacker picks the page that lacks them, often an error page or a forgotten location, so each page "
        "counts."
    ),
    fix=Fix(
        owner=(
            "Ask your engineer to send the four headers on every page, error pages included. The policy for "
            "scripts is the only one that can break something: have it tried in report-only mode for some "
            "days first."
        ),
        engineer=(
            "Start from `Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'self'; "
            "form-action 'self'; frame-ancestors 'none'`, `X-Content-Type-Options: nosniff`, "
            "`Referrer-Policy: strict-origin-when-cross-origin`. For inline scripts use a nonce per answer "
            "or hashes, never 'unsafe-inline'; replace eval. Try it as Content-Security-Policy-Report-Only, "
            "then enforce.\n"
            "nginx: `add_header NAME VALUE always;` in the server block. Without `always`, error pages go "
            "without; and any add_header inside a location drops all inherited ones: include one shared "
            "file in each such location.\n"
            "Caddy: a `header { ... }` block in the site; see that handle_errors answers carry them too.\n"
            "Django: SecurityMiddleware and XFrameOptionsMiddleware first; SECURE_CONTENT_TYPE_NOSNIFF, "
            "SECURE_REFERRER_POLICY, X_FRAME_OPTIONS; CSP by SECURE_CSP (Django 6.0) or django-csp.\n"
            "Express: app.use(helmet({ contentSecurityPolicy: { directives: { ... } } })) before every "
            "other handler.\n"
            "Next.js: headers() in next.config.js with source: '/:path*'; for nonces, set the policy in "
            "middleware (proxy.js from Next.js 16)."
        ),
        undo="Take the header lines out and reload the server; browsers follow the next answer at once.",
        verify=(
            "`curl -sI` on a page, a deep page and an address that does not exist, and the browser's "
            "console on the main pages: no blocked resource. Then run `launchready audit --check https/headers`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-12", "WSTG-CLNT-09", "WSTG-CONF-14"),
    asvs=("V3.4.3", "V3.4.6", "V3.4.4", "V3.4.5"),
    cwe=(693, 1021, 116, 200),
)

_SOUND = {
    "content-security-policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}


def _page(
    path: str,
    *,
    status: int = 200,
    media: str = "text/html",
    meta: tuple[str, ...] = (),
    who: str = "anonymous",
    **other: str,
) -> Page:
    """A page for the examples: sound, but for the headers given; an empty value leaves one out."""
    named = {name.replace("_", "-"): value for name, value in other.items()}
    headers = tuple((k, v) for k, v in {"content-type": media, **_SOUND, **named}.items() if v)
    url = f"https://portal.example{path}"
    exchange = Exchange("GET", url, status, headers, 10, truncated=False, digest="~0", address="192.0.2.1")
    return Page(exchange, path, "link", Document((), 0, meta) if media == "text/html" else None, who)


_NONCE = "default-src 'none'; script-src 'nonce-~1' 'unsafe-inline' https:; frame-ancestors 'none'"
_INLINE = "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
_META = ("default-src 'self'; frame-ancestors 'none'",)
_TIMED_OUT = Unvisited(
    "https://portal.example/slow",
    Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again"),
)

_DOWN = _page("/down", status=502, content_security_policy="", x_content_type_options="")
CHECK.example("the front end answers that the portal is down", Unknown, Crawl((_DOWN,)))
CHECK.example("it does so for one of two pages", Unknown, Crawl((_page("/"), _DOWN)))
CHECK.example(
    "many pages lack one alike, and some do not",
    Fail,
    Crawl((_page("/"), *(_page(f"/{at}", referrer_policy="unsafe-url") for at in range(12)))),
)
CHECK.example("every page carries them, error pages too", Pass, Crawl((_page("/"), _page("/no", status=404))))
CHECK.example(
    "a nonce makes browsers ignore 'unsafe-inline'",
    Pass,
    Crawl((_page("/", content_security_policy=_NONCE.replace(" https:", "")),)),
)
CHECK.example(
    "no referrer policy at all: browsers default well", Pass, Crawl((_page("/", referrer_policy=""),))
)
CHECK.example(
    "an API answer and a redirect are no documents",
    Pass,
    Crawl(
        (
            _page("/"),
            _page("/api", media="application/json", content_security_policy=""),
            _page("/old", status=302, location="https://portal.example/", content_security_policy=""),
        )
    ),
)
CHECK.example(
    "no policy on any page",
    Fail,
    Crawl((_page("/", content_security_policy=""), _page("/login", content_security_policy=""))),
)
CHECK.example(
    "the error page lost them",
    Fail,
    Crawl((_page("/"), _page("/no", status=404, content_security_policy="", x_content_type_options=""))),
)
CHECK.example("inline scripts are allowed", Fail, Crawl((_page("/", content_security_policy=_INLINE),)))
CHECK.example(
    "a nonce does not help where any https: source may be loaded",
    Fail,
    Crawl((_page("/", content_security_policy=_NONCE),)),
)
CHECK.example(
    "a policy that only reports",
    Fail,
    Crawl(
        (_page("/", content_security_policy="", content_security_policy_report_only="default-src 'self'"),)
    ),
)
CHECK.example(
    "frame-ancestors in a meta element is ignored by browsers",
    Fail,
    Crawl((_page("/", content_security_policy="", meta=_META),)),
)
CHECK.example("a page is sound for all who were given it", Pass, Crawl((_page("/"), _page("/", who="nora"))))
CHECK.example(
    "a page that only those get who are signed in lost them",
    Fail,
    Crawl((_page("/"), _page("/desk", who="nora", content_security_policy=""))),
)
CHECK.example("a page that gave no answer", Unknown, Crawl((_page("/"),), (_TIMED_OUT,)))
CHECK.example("nothing was crawled", Unknown, Crawl(()))

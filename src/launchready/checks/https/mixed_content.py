"""Do secure pages ask for anything over an insecure connection?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import chain
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.https._unseen import unseen
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, BrowserPage, Mixed, Withheld
from launchready.evidence.http import Crawl, Document, Exchange, Load, Page
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_MOST_NAMED = 12
"""Insecure addresses named for one page; the rest are counted."""
_ACTING = {"script": "scripts", "style": "style sheets"}
"""Third-party loads that can ask for more themselves; a picture, font or film cannot."""
_EFFECTS = {
    "blocked": "browsers block it",
    "upgraded": "browsers ask for it over https instead",
    "warning": "browsers let it through, some with a warning",
    "policy": "the page's own content security policy blocks it",
}
_TWINS = {
    "answered": ", where it is answered",
    "failed": ", where it fails",
    "refused": ", on a host outside the scope, which was not asked",
}
_WORDS = {
    "style": "style sheet",
    "media": "sound or film",
    "object": "embedded object",
    "form": "form sent to",
    "connect": "connection to",
    "preload": "preload of",
    "ping": "ping to",
    "other": "load of",
}


@dataclass(slots=True)
class _Request:
    """One insecure address on one page: what is known of it from the page as sent, as run, and from the browser."""

    kind: str
    via: list[str] = field(default_factory=list)
    effect: str = ""

    def words(self, url: str) -> str:
        """As a finding says it."""
        where = f" in {', '.join(self.via)}" if self.via else " asked for while it runs"
        effect = f": {self.effect}" if self.effect else ""
        return f"{_WORDS.get(self.kind, self.kind)} {subject(url)}{where}{effect}"


_OfPage = dict[str, _Request]


def judge(crawl: Crawl, look: BrowserLook | Missing) -> Verdict:
    """Weigh what stands in pages as they are sent, together with what a browser saw when they ran.

    A page that several were given is one subject, but each answer has a policy of its own.
    """
    pages = [page for page in crawl.pages if page.url.startswith("https:") and page.document is not None]
    looked = [page for page in (look.pages if isinstance(look, BrowserLook) else ()) if page.why is None]
    upgrading = {(page.url, page.who) for page in pages if not _is_sheet(page) and _upgrades(page)}
    all_upgrade = bool(upgrading) and all(
        (page.url, page.who) in upgrading for page in pages if not _is_sheet(page)
    )
    found: dict[str, _OfPage] = {}
    for page in pages:
        requests = found.setdefault(subject(page.url), {})
        if not ((page.url, page.who) in upgrading or (all_upgrade and _is_sheet(page))):
            _add_document(requests, page.document)
    for seen in looked:
        if seen.final.startswith("https:"):
            requests = found.setdefault(subject(seen.final), {})
            if (seen.url, seen.who) not in upgrading:
                _add_document(requests, seen.document)
            _add_issues(requests, seen.mixed)
    findings = (finding for url, requests in found.items() for finding in _named(url, requests))
    doubts = chain(_of_crawl(crawl, pages), _of_look(look))
    return weigh(_seen(found, pages, looked), findings, doubts)


def _add_document(requests: _OfPage, document: Document | None) -> None:
    for load in document.insecure if document else ():
        if not _is_trustworthy(load.url):
            request = requests.setdefault(load.url, _Request(load.kind))
            if load.via not in request.via:
                request.via.append(load.via)


def _add_issues(requests: _OfPage, issues: Iterable[Mixed]) -> None:
    for mixed in issues:
        if not _is_trustworthy(mixed.url):
            request = requests.setdefault(mixed.url, _Request(mixed.kind))
            request.effect = request.effect or _EFFECTS[mixed.resolution] + _TWINS.get(mixed.twin, "")


def _named(url: str, requests: _OfPage) -> Iterator[Finding]:
    """The findings of one page, which become one; only so many addresses are named."""
    for at, (address, request) in enumerate(requests.items()):
        if at == _MOST_NAMED:
            yield Finding(url, f"and {len(requests) - at} more")
            return
        yield Finding(url, request.words(address))


def _is_trustworthy(url: str) -> bool:
    """Whether browsers count the address as secure, because it never leaves the machine."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_sheet(page: Page) -> bool:
    return page.exchange.media_type == "text/css"


def _upgrades(page: Page) -> bool:
    """Whether the page's policy makes browsers ask securely for all that is written insecurely."""
    meta = page.document.csp_meta if page.document else ()
    policies = (*page.exchange.values("content-security-policy"), *meta)
    directives = (part.split() for value in policies for part in value.replace(",", ";").lower().split(";"))
    return any(directive[:1] == ["upgrade-insecure-requests"] for directive in directives)


def _seen(found: dict[str, _OfPage], pages: Iterable[Page], looked: Iterable[BrowserPage]) -> Iterator[Seen]:
    """What is as it should be, page by page."""
    opened = {subject(page.final) for page in looked}
    most: dict[str, int] = {}
    for page in pages:
        if page.document is not None:
            url = subject(page.url)
            most[url] = max(most.get(url, 0), page.document.loads)
    for url, loads in most.items():
        if not found[url]:
            how = "as sent and in a browser" if url in opened else "as sent"
            yield Seen(url, f"none of {loads} loads is asked for insecurely, {how}")


def _of_crawl(crawl: Crawl, pages: Iterable[Page]) -> Iterator[Doubt]:
    """Pages that were not read, or not to their end."""
    yield from unseen(crawl)
    for page in pages:
        if page.exchange.truncated:
            detail = f"only its first {page.exchange.size} bytes were read"
            yield Doubt(subject(page.url), Cause.NOT_COLLECTED, detail, "raise [crawl] max_bytes")


def _of_look(look: BrowserLook | Missing) -> Iterator[Doubt]:
    """Pages that no browser ran, or of which it did not run everything."""
    if isinstance(look, Missing):
        yield look.doubt()
        return
    if isinstance(look.browser, Missing):
        yield look.browser.doubt()
        return
    for seen in look.pages:
        if seen.why is not None:
            yield seen.why.doubt(subject(seen.url))
        elif not seen.complete:
            detail = "the browser was still loading it when time was up"
            yield Doubt(
                subject(seen.url), Cause.UNREACHABLE, detail, "raise [crawl] timeout, or mend what hangs"
            )
    if look.left_out:
        detail = f"no page of {len(look.left_out)} kinds was opened in a browser, as {look.left_out[0]}"
        yield Doubt("", Cause.NOT_COLLECTED, detail, "raise [crawl] browser_pages")
    yield from _withheld(each for seen in look.pages for each in seen.withheld)


def _withheld(withheld: Iterable[Withheld]) -> Iterator[Doubt]:
    """What third parties would have added to the pages, had the browser been allowed to load it."""
    # What sits on the visitor's own machine is not the portal's, and differs from visitor to visitor.
    withheld = {each for each in withheld if not _is_trustworthy(f"http://{each.host}/")}
    for kind, words in _ACTING.items():
        if hosts := sorted({each.host for each in withheld if each.kind == kind}):
            detail = f"{words} from {', '.join(hosts)} were not loaded, so what they ask for is not known"
            listed = ", ".join(f'"{host}"' for host in hosts)
            yield Doubt("", Cause.NO_CONSENT, detail, f"allow them: [scope] subresources = [{listed}]")


CHECK = Check(
    asks="Do secure pages ask for anything over an insecure connection?",
    risk=Risk.HIGH,
    why=(
        "Whoever sits between a person and the portal, on a café's Wi-Fi for one, can read and replace what travels "
        "over http. A replaced script acts as the person who is signed in; a form sent over http gives away what was "
        "typed. Browsers block most of it, so parts of the page silently stop working."
    ),
    fix=Fix(
        owner=(
            "Ask whoever edits these pages to change http:// to https:// in the addresses named. If another company "
            "serves one of them without https, take it out or have it served from your own site."
        ),
        engineer=(
            "Write the named addresses with https:// (wss:// for sockets), or relative to the site. Look in templates, "
            "style sheets, stored content and scripts, and at base URLs in the configuration: an application behind a "
            "proxy often builds http:// addresses until it trusts X-Forwarded-Proto. The header "
            "Content-Security-Policy: upgrade-insecure-requests is a net below that, where every host named also "
            "answers on https."
        ),
        undo="Put the old addresses back, or take upgrade-insecure-requests out of the policy.",
        verify=(
            "Run `launchready audit --check https/mixed-content`; by hand, open the page with the browser's developer "
            "tools and look for “Mixed Content” on the console."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CRYP-03", "WSTG-CLNT-10"),
    asvs=("V12.2.1",),
    cwe=(319,),
)

_HTML = ("content-type", "text/html; charset=utf-8")
_PORTAL, _THERE = "https://portal.example.com/", "http://cdn.example.net/a.png"
_NO_BROWSER = Missing(Cause.NOT_COLLECTED, "there is no Chromium on this machine", "run `launchready doctor`")


def _crawl(
    *insecure: Load, headers: tuple[tuple[str, str], ...] = (), url: str = _PORTAL, who: str = "anonymous"
) -> Crawl:
    exchange = Exchange(
        "GET", url, 200, (_HTML, *headers), 900, truncated=False, digest="~1", address="192.0.2.1"
    )
    return Crawl((Page(exchange, "/", "start", Document(insecure, 3 + len(insecure)), who),))


def _look(*mixed: Mixed, withheld: tuple[Withheld, ...] = ()) -> BrowserLook:
    page = BrowserPage(_PORTAL, _PORTAL, 200, mixed, Document((), 3), withheld=withheld, security="secure")
    return BrowserLook("Chromium", (page,))


_IMAGE = Load("image", _THERE, "<img src>")
CHECK.example("everything is asked for over https", Pass, _crawl(), _look())
CHECK.example(
    "a picture over http", Fail, _crawl(_IMAGE), _look(Mixed("image", _THERE, "upgraded", "failed"))
)
CHECK.example(
    "a script inserts a script over http", Fail, _crawl(), _look(Mixed("script", _THERE, "blocked"))
)
_FORM = Load("form", "http://portal.example.com/login", "<form action>")
CHECK.example(
    "a picture over http, on the page that only those get who are signed in",
    Fail,
    Crawl(_crawl().pages + _crawl(_IMAGE, who="nora").pages),
    _look(),
)
CHECK.example("a form is sent over http, and there is no browser", Fail, _crawl(_FORM), _NO_BROWSER)
CHECK.example(
    "addresses of this machine itself count as secure",
    Pass,
    _crawl(Load("script", "http://127.0.0.1:8080/a.js", "<script src>")),
    _look(Mixed("image", "http://localhost/a.png", "warning")),
)
CHECK.example(
    "the page's policy upgrades every request",
    Pass,
    _crawl(_IMAGE, headers=(("content-security-policy", "default-src 'self'; Upgrade-Insecure-Requests"),)),
    _look(),
)
CHECK.example(
    "a policy that only reports upgrades nothing",
    Fail,
    _crawl(_IMAGE, headers=(("content-security-policy-report-only", "upgrade-insecure-requests"),)),
    _look(),
)
CHECK.example(
    "an insecure page is no matter of this check",
    Unknown,
    _crawl(_IMAGE, url="http://portal.example.com/"),
    BrowserLook("Chromium", ()),
)
CHECK.example("nothing written in the page, and no browser to run it", Unknown, _crawl(), _NO_BROWSER)
CHECK.example(
    "scripts of a third party were not loaded",
    Unknown,
    _crawl(),
    _look(withheld=(Withheld("script", "cdn.example.net"),)),
)
CHECK.example(
    "pictures and fonts of a third party were not loaded",
    Pass,
    _crawl(),
    _look(withheld=(Withheld("image", "cdn.example.net"), Withheld("font", "fonts.example.net"))),
)

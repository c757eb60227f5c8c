"""Do secure pages ask for anything over an insecure connection?"""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook, BrowserPage, Mixed, Withheld
from launchready.evidence.http import Crawl, Document, Exchange, Load, Page, Unvisited
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_MOST_NAMED = 12
"""Insecure addresses named for one page; the rest are counted."""
_SETTLE_SCRIPTS = "name their hosts in [scope] subresources, so that the browser may load from them"
_ACTING = ("script", "style")
"""Third-party loads that can themselves ask for more; a picture, font or film cannot."""

_EFFECT = {
    "blocked": "browsers block it",
    "upgraded": "browsers ask for it over https instead",
    "warning": "browsers let it through",
    "policy": "the page's own content security policy blocks it",
}
_TWIN = {
    "answered": ", which is answered",
    "failed": ", which fails",
    "refused": ", which is outside the scope",
}
_UPGRADABLE = ("image", "media")
_WORDS = {
    "script": "script",
    "style": "style sheet",
    "image": "image",
    "media": "sound or film",
    "font": "font",
    "frame": "frame",
    "object": "embedded object",
    "form": "form sent to",
    "connect": "connection to",
    "manifest": "manifest",
    "preload": "preload of",
    "ping": "ping to",
}


def judge(crawl: Crawl, look: BrowserLook | Missing) -> Verdict:
    """Weigh what a parser saw in the pages as sent together with what a browser saw in the pages as run."""
    pages = [page for page in crawl.pages if page.url.startswith("https:") and page.document is not None]
    looked = look.pages if isinstance(look, BrowserLook) else ()
    upgrading = {page.url for page in pages if _upgrades(page)}
    all_upgrade = all(page.url in upgrading for page in pages if page.exchange.is_html)
    findings: list[Finding] = []
    for page in pages:
        skipped = page.url in upgrading if page.exchange.is_html else all_upgrade
        if page.document is not None and not skipped:
            findings += _named(page.url, {_key(load): _load(load) for load in _insecure(page.document)})
    for seen in looked:
        findings += _named(seen.final or seen.url, _in_browser(seen, upgrades=seen.url in upgrading))
    return weigh(_seen(pages, looked), _once(findings), _doubts(crawl, pages, look))


def _named(url: str, requests: dict[tuple[str, str], str]) -> Iterator[Finding]:
    """One finding for each insecure request of a page, as far as they are named."""
    for at, detail in enumerate(requests.values()):
        if at == _MOST_NAMED:
            yield Finding(subject(url), f"and {len(requests) - at} more")
            return
        yield Finding(subject(url), detail)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """What the browser saw says more than what the parser saw of the same request, so the later one stays."""
    yield from findings


def _key(load: Load | Mixed) -> tuple[str, str]:
    return load.kind, load.url


def _insecure(document: Document) -> Iterator[Load]:
    return (load for load in document.insecure if not _is_trustworthy(load.url))


def _load(load: Load) -> str:
    return f"{_WORDS.get(load.kind, 'load of')} {subject(load.url)} in {load.via}"


def _in_browser(page: BrowserPage, *, upgrades: bool) -> dict[tuple[str, str], str]:
    """Insecure requests of one page as it was run; the browser's own word goes before what stands in the document."""
    found = {}
    for mixed in page.mixed:
        if not _is_trustworthy(mixed.url):
            effect = _EFFECT[mixed.resolution] + _TWIN.get(mixed.twin, "")
            found[_key(mixed)] = f"{_WORDS.get(mixed.kind, 'load of')} {subject(mixed.url)}: {effect}"
    if page.document is not None and not upgrades:
        for load in _insecure(page.document):
            found.setdefault(_key(load), _load(load))
    return found


def _is_trustworthy(url: str) -> bool:
    """Whether browsers count the address as secure because it never leaves the machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")


def _upgrades(page: Page) -> bool:
    """Whether the page's policy turns every insecure request into a secure one before it is made."""
    assert page.document is not None
    policies = (*page.exchange.values("content-security-policy"), *page.document.csp_meta)
    directives = (part.strip().lower() for value in policies for policy in value.split(",") for part in policy.split(";"))
    return any(directive.split()[:1] == ["upgrade-insecure-requests"] for directive in directives)

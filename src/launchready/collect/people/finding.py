"""Where one signs in: the page with the login form, found from the start page by what pages are, not by what they say."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from launchready.collect.people import words
from launchready.collect.people.form_kinds import can_be_sent
from launchready.collect.people.form_login import settled
from launchready.collect.people.pages import Page
from launchready.errors import Refused, Unreachable, WireError
from launchready.evidence.redact import subject
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor

USUAL = (
    "/login /signin /sign-in /auth/login /users/sign_in /accounts/login/ /account/login /user/login /auth/signin"
    " /session/new /sessions/new /portal/login"
).split()
"""Where login pages often are; asked last."""
_MOST_LINKS = 5
_MOST_FRAMES = 3
_MOST_BEHIND = 6


@dataclass(slots=True)
class Found:
    """What there is to sign in with.

    Attributes:
        form: a page whose form can be sent as it is; None without one.
        start: the address that led there, as one that a single sign-on makes up each time cannot be used again.
        scripted: a page whose form needs its scripts, or that is empty without them; None without one.
        basic: an address that asks for HTTP Basic; empty when none does.
        pages: all pages that were looked at, the most likely login page first.
        elsewhere: hosts outside the scope to which signing in leads.
        broken: the status of a start page that answers 500 or more; 0 when it does not.
        why: what kept us from looking at all.
    """

    form: Page | None = None
    start: str = ""
    scripted: Page | None = None
    basic: str = ""
    pages: list[Page] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    broken: int = 0
    why: WireError | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all was seen."""
        return not (self.pages or self.basic or self.elsewhere or self.broken)


async def find_login(wire: Wire, site: Site, declared: str = "") -> Found:
    """Look for the login page, as a stranger; a declared one is believed.

    Args:
        wire: the run's.
        site: the portal.
        declared: path or address from the portal file; empty when not given.
    """
    search = _Search(wire, site)
    found = search.found
    start = urljoin(site.portal.url, declared) if declared else site.portal.url
    if await search.look(start, led=bool(declared)) or declared or found.broken:
        return found
    if isinstance(found.why, Unreachable) and found.is_nothing:
        return found  # nobody is there: asking for more addresses would only take longer
    first = list(found.pages)
    for url in _likely(site, first):
        if await search.look(url, led=True):
            return found
    for url in _behind(site, first):
        if await search.look(url):
            return found
    for at, path in enumerate(USUAL):
        digests = [page.answer.exchange.digest for page in found.pages]
        if at >= 2 and first and digests.count(first[0].answer.exchange.digest) > 2:
            break  # whatever is asked, the same shell comes: its scripts decide
        if await search.look(urljoin(site.portal.url, path)):
            return found
    return found


class _Search:
    """Looks at addresses, each once, as one stranger."""

    def __init__(self, wire: Wire, site: Site) -> None:
        self._wire, self._site = wire, site
        self._stranger = Visitor(wire.http, touch=Touch.READ)
        self._seen: set[str] = set()
        self.found = Found()

    async def look(self, url: str, *, led: bool = False) -> bool:
        """Look at one address and where it leads; whether there is a form that can be sent.

        Args:
            url: raw.
            led: something called this address the one to sign in at.
        """
        if url in self._seen:
            return False
        self._seen.add(url)
        page = await self._page(url)
        if page is None:
            return False
        self._seen.add(page.url)
        if self._can_be_used(page, led=led):
            self.found.form, self.found.start = page, url
            self.found.pages.insert(0, page)
            return True
        for frame in page.frames[:_MOST_FRAMES] if page.login is None else ():
            if urlsplit(frame).hostname in self._site.hosts and await self.look(frame, led=led):
                return True
        if page.login is not None:
            self.found.scripted = self.found.scripted or page
            self.found.pages.insert(0, page)
        elif page.is_html:
            self.found.pages.append(page)
        return False

    async def _page(self, url: str) -> Page | None:
        """Where an address leads, if that is a page worth reading; notes what it is otherwise."""
        found = self.found
        try:
            answers = await settled(self._wire, self._stranger, await self._stranger.follow("GET", url))
        except WireError as error:
            found.why = found.why or error
            host = urlsplit(url).hostname or ""
            if isinstance(error, Refused) and host and not self._site.in_scope(host):
                found.elsewhere.append(host)
            return None
        page = Page(self._wire.http.address_of(answers[-1].exchange.url), answers[-1])
        if page.redirects:
            found.elsewhere.append(urlsplit(page.answer.location).hostname or "")
            return None
        asked = page.answer.exchange.values("www-authenticate") if page.status == 401 else ()
        if any(value.lower().startswith("basic") for value in asked):
            found.basic = found.basic or page.url
        if page.status >= 500 and not found.pages:
            found.broken = found.broken or page.status
        return page if page.status < 400 or page.login is not None else None

    @staticmethod
    def _can_be_used(page: Page, *, led: bool) -> bool:
        """Whether its form can be sent as it is: a login, or the first of two steps."""
        first_step = page.first_step if led else page.identifier
        return first_step is not None or (page.login is not None and can_be_sent(page.login))


def _likely(site: Site, pages: list[Page]) -> list[str]:
    """Links and forms of these pages that may lead to the login page, the likeliest first."""
    ranked: dict[str, tuple[int, int]] = {}
    for page in pages:
        for at, link in enumerate(page.links):
            parts = urlsplit(link.url)
            about_path, about_words = words.LOGIN.search(parts.path), words.LOGIN.search(link.says)
            if parts.scheme not in ("http", "https") or words.LOGOUT.search(link.url):
                continue
            if about_path or about_words:
                rank = -2 * bool(about_words) - bool(about_path) + 4 * (parts.hostname not in site.hosts)
                ranked.setdefault(link.url, (rank, at))
        for form in page.forms:
            if form.method == "get" and not form.texts and words.LOGIN.search(form.action + form.says):
                ranked.setdefault(form.action, (-1, 0))
    return sorted(ranked, key=lambda url: ranked[url])[:_MOST_LINKS]


def _behind(site: Site, pages: list[Page]) -> list[str]:
    """Links of these pages that may need a login, and so lead there."""
    links = (link for page in pages for link in page.links)
    fitting = (
        link.url
        for link in links
        if urlsplit(link.url).hostname in site.hosts
        and not words.ENDING.search(f"{link.url} {link.says}")
        and not words.OTHER_FORM.search(link.url)
    )
    return list(dict.fromkeys(fitting))[:_MOST_BEHIND]


def said(found: Found) -> str:
    """What was looked at, for a sentence."""
    urls = [subject(page.url) for page in found.pages[:3]]
    return ", ".join(urls) or "no page"

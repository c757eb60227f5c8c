"""Where a forgotten password is asked for, and the page on which a new one is typed.

Found by structure, ranked by words.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from launchready.collect._gaps import gap
from launchready.collect.html import parse
from launchready.collect.people import People, words
from launchready.collect.people.finding import find_login
from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.password_reset import LinkPage
from launchready.evidence.sessions import SessionStart
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

FORGOT = re.compile(
    r"forg[oe]t|recover|lost\b.{0,12}pass|lost-?pass|reset|trouble|vergessen|zurücksetz|zuruecksetz|oubli|réinitialis|reinitialis|perdu"
    r"|olvid|restablec|recuper|esquec|redefin|dimentic|reimposta|vergeten|herstel|glemt|nulstil|tilbakestill|glömt"
    r"|återställ|unohd|palauta|zapomn|odzysk|přip[ou]m|obnov|elfelejt|uitat|unuttu|sıfırla|забыл|восстанов|забули"
    r"|віднов|ξέχασ|επαναφορά|忘|重置|找回|パスワードを|再設定|잊|재설정|찾기|quên|ลืม|نسيت|استعادة|שכח|lupa",
    re.IGNORECASE,
)
_USUAL = (
    "/forgot-password /forgot /password/forgot /password-reset /password/reset /reset-password /users/password/new"
    " /accounts/password_reset/ /accounts/password/reset/ /auth/forgot-password"
).split()
_MOST_LINKS = 6
_UNSEEN = "whether a password can be reset was not seen"
_LIKELIEST = re.compile(
    r"pass|kenn|mot.?de|contras|senha|wacht|adgang|lösen|salasana|hasł|heslo|jelsz|parol|şifre|парол|密|パス|비밀",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a reset is asked for.

    Attributes:
        url: the page, raw; empty where there is none.
        how: how it was found.
        scripted: there is something, but scripts alone work it.
        why: why a page that may lead there was not seen, where none was found.
    """

    url: str
    how: str
    scripted: bool = False
    why: Missing | None = None


async def login_page(
    wire: Wire, site: Site, people: People, started: tuple[SessionStart, ...]
) -> Page | None:
    """Where one signs in, as the identities that signed in did; None where there is no such page.

    Raises:
        WireError: the portal does not answer.
    """
    for each in started:
        way = (await people.shared(each.identity)).way
        if way is not None and (url := getattr(way, "start", "")):
            # The address may only lead to the page, as one that is remembered better does.
            answers = await people.stranger().follow("GET", url)
            return Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
    found = await find_login(wire, site)
    if found.is_nothing and found.why is not None:
        raise found.why
    return found.form or found.scripted or next(iter(found.pages), None)


async def find_entry(wire: Wire, site: Site, login: Page | None) -> Entry:
    """Look for it as a stranger: as the portal file says, behind the login page's links, then where it often is."""
    stranger = Visitor(wire.http)
    if site.login.forgot:
        return Entry(urljoin(site.portal.url, site.login.forgot), "the portal file")
    links = [
        link
        for link in (login.links if login is not None else ())
        if urlsplit(link.url).hostname in site.hosts
        and FORGOT.search(
            f"{link.says} {unquote(urlsplit(link.url).path)} {unquote(urlsplit(link.url).query)}"
        )
    ]
    links.sort(key=lambda link: not _LIKELIEST.search(f"{link.says} {unquote(link.url)}"))
    scripted = False
    why: Missing | None = None
    for link in links[:_MOST_LINKS]:
        page = await _open(wire, stranger, link.url)
        if isinstance(page, Missing):
            why = page
            continue
        if asking_form(page) is not None:
            return Entry(page.url, "a link on the login page")
        scripted = scripted or page.status == 200
    if scripted:
        return Entry(links[0].url, "a link on the login page", scripted=True)
    for path in _USUAL:
        page = await _open(wire, stranger, urljoin(site.portal.url, path))
        # Nothing leads to these addresses, so that one which is not answered is no way to reset a password.
        if isinstance(page, Page) and page.status == 200 and asking_form(page) is not None:
            return Entry(page.url, "where it often is")
    if login is not None and login.login is None:
        spoken_of = await _scripts_speak_of_it(stranger, site, login)
        if spoken_of is True:
            return Entry(login.url, "a script of the login page", scripted=True)
        why = why or spoken_of or None
    return Entry("", "", why=why)


async def _open(wire: Wire, visitor: Visitor, url: str) -> Page | Missing:
    try:
        answers = await visitor.follow("GET", url)
    except WireError as error:
        return gap(error, _UNSEEN)
    return Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])


async def _scripts_speak_of_it(visitor: Visitor, site: Site, login: Page) -> bool | Missing:
    why: Missing | None = None
    for url in [each for each in login.scripts if urlsplit(each).hostname in site.hosts][:4]:
        try:
            answer = await visitor.fetch("GET", url)
        except WireError as error:
            why = gap(error, _UNSEEN)
            continue
        if re.search(rb"forgot|reset.?password|password.?reset|recover", answer.body, re.IGNORECASE):
            return True
    return why or False


def asking_form(page: Page) -> Form | None:
    """The form that asks who has forgotten a password: one field for a name or an address, no password, sent by POST."""
    about = f"{page.url} {page.text[:2_000]}"
    for form in page.forms:
        fits = len(form.texts) == 1 and not form.passwords and form.method == "post" and not form.scripted
        if fits and form.texts[0].kind != "search" and FORGOT.search(f"{about} {form.says} {form.action}"):
            return form
    return None


def setting_form(page: Page) -> Form | None:
    """The form that takes a new password: one or two fields for it, and no field for who one is; None without one."""
    for form in page.forms:
        if (
            1 <= len(form.passwords) <= 2
            and all(field.name for field in form.passwords)
            and form.method == "post"
        ):
            asks_who = any("username" in f.autocomplete or words.USER.search(f.hints) for f in form.texts)
            if len(form.passwords) == 2 or form.passwords[0].autocomplete == "new-password" or not asks_who:
                return form
    return None


def read_link_page(wire: Wire, site: Site, page: Page, secret: str) -> LinkPage:
    """What that page would tell others."""
    parsed = parse(page.answer.body, page.answer.exchange, page.url, wire.redact)
    hosts: dict[str, bool] = {}
    for url in (*parsed.loads, *parsed.links):
        host = urlsplit(url).hostname or ""
        if host and host not in site.hosts:
            hosts[host] = hosts.get(host, False) or secret in unquote(unquote(url))
    return LinkPage(
        exchange=page.answer.exchange,
        token_in_address=secret in unquote(page.url),
        policy=_policy(page.answer, parsed.document.referrer_meta if parsed.document else ""),
        outside=tuple(sorted(hosts)),
        told=tuple(sorted(host for host, told in hosts.items() if told)),
    )


_POLICIES = frozenset(
    "no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin"
    " strict-origin-when-cross-origin unsafe-url".split()
)


def _policy(answer: Answer, meta: str) -> str:
    """The referrer policy in force: the last known one, a meta element after headers."""
    values = (*answer.exchange.values("referrer-policy"), meta)
    known = [
        t for value in values for t in (each.strip().lower() for each in value.split(",")) if t in _POLICIES
    ]
    return known[-1] if known else ""

"""Where a stranger types a name: how a try is made at the login, at a reset and at a sign-up. Raw; never evidence."""

from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.forgetting.pages import asking_form
from launchready.collect.people import LoginWay, words
from launchready.collect.people.form_kinds import is_login
from launchready.collect.people.form_login import submit
from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.collect.probing import Prober
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

LIMITED = frozenset(("limited", "locked", "captcha"))
"""Reasons that speak of a limiter."""
_MOST_LINKS = 4
_TOO_SHORT = "aZ7-"
"""A password that no portal takes for a new account."""
_FILLED = {"email": "", "tel": "+1 555 0100", "url": "https://portal.invalid/", "number": "1"}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one try.

    Attributes:
        answers: from the one that was sent the name to where it ended.
        limited: it was refused by a limiter, as its status says.
        reason: why a password was refused, as far as the words say; of no account where all have the same.
    """

    answers: tuple[Answer, ...]
    limited: bool = False
    reason: str = ""


class Place(Protocol):
    """One place."""

    place: str
    incomplete: bool

    @property
    def url(self) -> str:
        """Where the name is typed, raw."""
        ...

    async def say(self, prober: Prober, name: str) -> Told:
        """Type this name, as somebody with an empty jar.

        Raises:
            WireError: there was no answer.
        """
        ...


@dataclass(slots=True)
class LoginPlace:
    """The login, with a password that is wrong."""

    way: LoginWay
    password: str = field(repr=False)
    place: str = "login"
    incomplete: bool = False

    @property
    def url(self) -> str:
        """Where the password is sent."""
        return self.way.url

    async def say(self, prober: Prober, name: str) -> Told:
        """As `Place.say`."""
        attempted = await self.way.attempt(prober, name, self.password, touch=Touch.PROBE)
        return Told(attempted.answers, _is_limited(attempted.answers), attempted.reason)


@dataclass(slots=True)
class FormPlace:
    """A page with a form that takes a name: a reset, a sign-up."""

    wire: Wire
    place: str
    url: str
    incomplete: bool = False

    async def say(self, prober: Prober, name: str) -> Told:
        """As `Place.say`."""
        trail = await prober.follow("GET", self.url)
        page = Page(self.wire.http.address_of(trail[-1].exchange.url), trail[-1])
        form = asking_form(page) if self.place == "reset" else joining_form(page)
        if form is None or _is_limited(trail):
            return Told(trail, limited=True)
        answers = await submit(prober, page.url, form, filled(form, name), touch=Touch.PROBE)
        return Told(answers, _is_limited(answers))


def _is_limited(answers: tuple[Answer, ...]) -> bool:
    return any(each.exchange.status in (423, 429, 503) for each in answers)


def joining_form(page: Page) -> Form | None:
    """The form by which one gets an account: it asks for an address, and it is neither a login nor a search."""
    for form in page.forms:
        addresses = [each for each in form.texts if _is_address(each.kind, each.autocomplete, each.hints)]
        if form.method != "post" or form.scripted or not addresses or form.texts[0].kind == "search":
            continue
        if len(form.passwords) > 2 or (form.passwords and is_login(form) and not _is_new(form)):
            continue
        about = f"{page.url} {form.says} {form.action}"
        if words.SIGN_UP.search(about) and (form.passwords or len(form.texts) > 1 or not asking_form(page)):
            return form
    return None


def _is_new(form: Form) -> bool:
    return any(each.autocomplete == "new-password" for each in form.passwords)


def _is_address(kind: str, autocomplete: str, hints: str) -> bool:
    return kind == "email" or "email" in autocomplete or bool(words.USER.search(hints))


def filled(form: Form, name: str) -> dict[str, str]:
    """The form filled in: the name where an address belongs, and otherwise what a person might type.

    A new password is too short and not the same twice: no account may come of it.
    """
    values: dict[str, str] = {}
    texts = [each for each in form.texts if each.name]
    marked = [each for each in texts if _is_address(each.kind, each.autocomplete, each.hints)] or texts
    mails = [each for each in marked if each.kind == "email" or "email" in each.autocomplete] or marked[:1]
    for each in texts:
        values[each.name] = name if each in mails else _FILLED.get(each.kind) or "Launchready Probe"
    for at, each in enumerate(form.passwords):
        if each.name:
            values[each.name] = _TOO_SHORT + "x" * at
    for each in form.fields:
        if each.kind == "checkbox" and each.name and each.shown:
            values[each.name] = each.value
        if each.kind == "textarea" and each.name and each.shown:
            values[each.name] = "This is a test by launchready."
    return values


def _is_own(site: Site, url: str) -> bool:
    return (urlsplit(url).hostname or "") in site.hosts


class Finding:
    """Finds the pages; a class as the modules of this folder keep their functions that wait to themselves.

    Attributes:
        why: why a page that may lead to another was not seen; None where all were.
    """

    def __init__(self, wire: Wire, site: Site) -> None:
        self._wire = wire
        self._site = site
        self.why: Missing | None = None

    async def page(self, url: str) -> Page | None:
        """A page as a stranger gets it; None when it is not to be had, or is somebody else's."""
        try:
            answers = await Visitor(self._wire.http).follow("GET", url)
        except WireError as error:
            self.why = gap(error, "whether one can sign up was not seen")
            return None
        page = Page(self._wire.http.address_of(answers[-1].exchange.url), answers[-1])
        return page if page.is_html and page.status < 400 and _is_own(self._site, page.url) else None

    async def sign_up(self, *pages: Page | None) -> FormPlace | None:
        """Where one gets an account: behind a link of these pages that says so, or on one of them."""
        tried: set[str] = set()
        for page in filter(None, pages):
            if joining_form(page) is not None:
                return self._at(page)
            links = [
                link.url
                for link in page.links
                if words.SIGN_UP.search(f"{link.says} {link.url}") and _is_own(self._site, link.url)
            ]
            for url in links[:_MOST_LINKS]:
                if url in tried:
                    continue
                tried.add(url)
                found = await self.page(url)
                if found is not None and joining_form(found) is not None:
                    return self._at(found)
        return None

    def _at(self, page: Page) -> FormPlace:
        form = joining_form(page)
        return FormPlace(self._wire, "sign-up", page.url, incomplete=bool(form and form.passwords))

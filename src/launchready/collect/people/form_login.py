"""Signing in with the portal's own HTML form, in one step or two, without a browser."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

from launchready.collect.people import words
from launchready.collect.people.attempts import Attempted, Memory, refusal
from launchready.collect.people.form_kinds import can_be_sent, login_code, username_field
from launchready.collect.people.forms import Form, encode
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

if TYPE_CHECKING:
    from launchready.wire import Wire

_MOST_STEPS = 2
_MOST_HANDOVERS = 3
_FEW_LINKS = 25
"""Pages that ask for a code have no more links than this; a shop's page with a field for a voucher has."""

Headers = tuple[tuple[str, str], ...]


class FormWay:
    """A login form: its page is asked for, filled in and sent as a browser does.

    Attributes:
        kind: "form" or "two-step form", as far as known.
        url: where the password is sent, raw.
        start: what leads to the login page.
        stands_at: the page itself, raw, as what is added to an address that only leads there may be lost; `start` where
            the page belongs to another host, or to one visit.
    """

    driven = False

    def __init__(
        self, wire: "Wire", start: str, page: Page, tenants: Mapping[str, str] | None = None
    ) -> None:
        """Begin at a login page.

        Args:
            wire: the run's.
            start: the address that leads to the page.
            page: it.
            tenants: by user name, for forms that ask for it too.
        """
        self._wire, self._tenants = wire, tenants or {}
        self._pages: WeakKeyDictionary[Visitor, tuple[str, Page]] = WeakKeyDictionary()
        self.memory = Memory()
        self.start = start
        self.stands_at = _alone(page.url, start) or start
        form = page.login
        self.kind = "form" if form is not None and username_field(form) is not None else "two-step form"
        self.url = form.action if form is not None else start

    async def attempt(
        self,
        visitor: Visitor,
        username: str,
        password: str,
        *,
        headers: Headers = (),
        touch: Touch = Touch.SIGN_IN,
        page: str = "",
        code: str = "",
    ) -> Attempted:
        """As `LoginWay.attempt`. The page that shows the error is used for the next attempt of the same visitor.

        `code` goes into the field for a one-time code, where the login form itself has one.
        """
        opened = await self.open(visitor, username, headers=headers, touch=touch, page=page)
        known = self._pages.pop(visitor)[1]
        if opened and opened[-1].exchange.status >= 400 and known.login is None:
            return Attempted(opened, accepted=False, reason=_no_form(known), page=known, sent=False)
        form = known.login
        clear = form is not None and form.action.startswith("http:") and self._wire.http.portal_is_secure
        if form is None or clear or not can_be_sent(form):  # a password never goes out in the clear
            return Attempted((known.answer,), accepted=False, reason=_no_form(known), page=known, sent=False)
        values = {form.passwords[0].name: password}
        if (field := username_field(form, username)) is not None and field.name:
            values[field.name] = username
        elif listed := _listed(form, username):
            values |= listed
            self.kind = "form"
        values |= _tenant(form, values, self._tenants.get(username, ""))
        if code and (fields := login_code(form)):
            values[fields[0].name] = code
        self.url = form.action
        answers = await submit(visitor, known.url, form, values, headers=headers, touch=touch)
        answers = await self._settled(visitor, answers, headers, touch)
        return self._judged(visitor, known, answers, username)

    def lend(self, visitor: Visitor, other: Visitor) -> bool:
        """Let another who has the same cookies send the form that this visitor has opened; false where there is none."""
        known = self._pages.get(visitor)
        if known is None or known[1].login is None:
            return False
        self._pages[other] = known
        return True

    def wants_code(self, visitor: Visitor) -> bool:
        """Whether the form that this visitor has opened asks for a one-time code beside the password."""
        form = self._pages[visitor][1].login if visitor in self._pages else None
        return form is not None and bool(login_code(form))

    async def open(
        self,
        visitor: Visitor,
        username: str,
        *,
        headers: Headers = (),
        touch: Touch = Touch.SIGN_IN,
        page: str = "",
    ) -> tuple[Answer, ...]:
        """Get to the form that takes the password, through the step before it; what `attempt` begins with.

        The page that a visitor has already is used, as it holds a fresh token: nothing is asked then.
        """
        known_for, known = self._pages.get(visitor, ("", None))
        gone: list[Answer] = []
        if known is None or page or known_for not in ("", username):
            opened = await visitor.follow("GET", page or self.start, headers=headers, touch=touch)
            gone += await self._settled(visitor, opened, headers, touch)
            known = self.read(gone[-1])
        for _ in range(_MOST_STEPS):
            form = known.login
            if form is not None and (username_field(form, username) or self.kind == "two-step form"):
                break
            if (first := known.first_step) is None:
                break
            self.kind = "two-step form"
            values = {first.texts[0].name: username}
            gone += await submit(visitor, known.url, first, values, headers=headers, touch=touch)
            known = self.read(gone[-1])
            if known.login is None:
                break
        form = known.login
        self._pages[visitor] = (username if form and not username_field(form) else "", known)
        return tuple(gone)

    async def _settled(
        self, visitor: Visitor, answers: tuple[Answer, ...], headers: Headers, touch: Touch
    ) -> tuple[Answer, ...]:
        """Go on where pages lead by themselves."""
        return await settled(self._wire, visitor, answers, headers=headers, touch=touch)

    def _judged(
        self, visitor: Visitor, before: Page, answers: tuple[Answer, ...], username: str
    ) -> Attempted:
        end = self.read(answers[-1])
        again = end.login is not None or (self.kind == "two-step form" and end.first_step is not None)
        if end.login is not None:
            hidden = self.kind == "two-step form" and username_field(end.login) is None
            self._pages[visitor] = (username if hidden else "", end)
        elif again:
            self._pages[visitor] = ("", end)
        if _asks_beside(before, end):
            return Attempted(answers, accepted=True, second_step=True, page=end)
        if again or any(answer.exchange.status >= 400 for answer in answers):
            return Attempted(answers, accepted=False, reason=refusal(before, answers, end), page=end)
        if asks_for_code(end):
            return Attempted(answers, accepted=True, second_step=True, page=end)
        if not self.memory.fits(answers):
            return Attempted(answers, accepted=False, reason=refusal(before, answers, end), page=end)
        return Attempted(answers, accepted=True, page=end)

    def read(self, answer: Answer) -> Page:
        """An answer with its raw address."""
        return Page(self._wire.http.address_of(answer.exchange.url), answer)


async def submit(
    visitor: Visitor,
    page_url: str,
    form: Form,
    values: dict[str, str],
    *,
    headers: Headers = (),
    touch: Touch | None = Touch.SIGN_IN,
) -> tuple[Answer, ...]:
    """Send a form as a browser does, with Origin and Referer, and follow where it leads. Raises as `Visitor.follow`."""
    kind, body = encode(form, form.filled(values))
    if form.method == "get":
        target = form.action.partition("?")[0] + "?" + body.decode("ascii")
        return await visitor.follow("GET", target, headers=(("Referer", page_url), *headers), touch=touch)
    parts = urlsplit(page_url)
    said = (("Origin", f"{parts.scheme}://{parts.netloc}"), ("Referer", page_url), ("Content-Type", kind))
    return await visitor.follow("POST", form.action, headers=(*said, *headers), body=body, touch=touch)


async def settled(
    wire: "Wire",
    visitor: Visitor,
    answers: tuple[Answer, ...],
    *,
    headers: Headers = (),
    touch: Touch | None = None,
) -> tuple[Answer, ...]:
    """Go on where the last page leads by itself: by <meta> refresh, or by a form that its script sends at once.

    Where going on fails, it ends with the page as it is.
    """
    for _ in range(_MOST_HANDOVERS):
        page = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
        if not page.is_html or page.login is not None:
            break
        try:
            if (form := page.self_posting) is not None:
                on = await submit(visitor, page.url, form, {}, headers=headers, touch=touch)
            elif page.refresh and page.refresh != page.url:
                on = await visitor.follow("GET", page.refresh, headers=headers, touch=touch)
            else:
                break
        except WireError:
            break
        answers = (*answers, *on)
    return answers


def _asks_beside(before: Page, end: Page) -> bool:
    """Whether the same form came back with a field for a one-time code that it did not have: all is typed once more.

    Nobody is asked for a code whose password is wrong.
    """
    asked = [form is not None and bool(login_code(form)) for form in (before.login, end.login)]
    return asked == [False, True]


def _alone(url: str, start: str) -> str:
    """The address of a page without where to go next; empty where it is of another host, or holds more than that."""
    parts = urlsplit(url)
    values = (value for _, value in parse_qsl(parts.query, keep_blank_values=True))
    leads_on = all(not value or value.startswith(("/", "http://", "https://")) for value in values)
    return parts._replace(query="").geturl() if leads_on and parts.netloc == urlsplit(start).netloc else ""


def asks_for_code(page: Page) -> bool:
    """Whether a page that came after the password asks for a one-time code."""
    return page.status < 400 and page.code is not None and len(page.links) <= _FEW_LINKS


def _listed(form: Form, username: str) -> dict[str, str]:
    """The list from which one chooses one's name, with the right option; empty where there is none."""
    wanted = username.casefold()
    for field in form.fields:
        for value, text in field.options:
            if wanted in (value.casefold(), text.strip().casefold()):
                return {field.name: value}
    return {}


def _tenant(form: Form, values: Mapping[str, str], tenant: str) -> dict[str, str]:
    """What to put into a field that asks for the tenant: the option of a list that is called so, else its name."""
    if not tenant:
        return {}
    wanted = tenant.casefold()
    for field in form.fields:
        for value, text in field.options:
            if wanted in (value.casefold(), text.casefold()) or wanted in text.casefold():
                return {field.name: value}
    for field in form.texts:
        if field.name not in values and not field.value and words.TENANT.search(field.hints):
            return {field.name: tenant}
    return {}


def _no_form(page: Page) -> str:
    if page.status == 429 or (page.status == 503 and page.answer.exchange.values("retry-after")):
        return "limited"
    return "captcha" if page.has_captcha and page.login is None else "no-form"

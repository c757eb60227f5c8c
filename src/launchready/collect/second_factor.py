"""What the second factor of administrators is worth: what answers before it was given, and what codes may do.

Each look begins with a login of its own that stops after the password. What the signed-in session held at that point
proves nothing: a portal that keeps the identifier has let it through since.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.people import People, SignedIn, words
from launchready.collect.people.form_login import submit
from launchready.collect.people.forms import Form
from launchready.collect.people.halfway import asked_for_code, give_password
from launchready.collect.people.pages import Page, code_fields
from launchready.collect.people.protected import ProtectedRoute, protected_routes
from launchready.collect.wording import address_says
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.http import Crawl
from launchready.evidence.second_factor import (
    AdminFactor,
    HalfwayLook,
    SecondFactors,
)
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

MOST_WRONG_CODES = 8
_MOST_ROUTES = 8
_MOST_LINKS = 4
_MOST_STEPS = 4
_STEP = 30
"""Seconds of an authenticator's code."""
_LONG = 16
"""Characters of a ticket or token."""
_ENROLS = b"otpauth:"


async def second_factors(
    wire: Wire, site: Site, people: People, sessions: Sessions, crawl: Crawl | Missing
) -> SecondFactors:
    """Ask, with the password alone, for what each administrator alone may see, and try to walk around the code."""
    admins = []
    for start in asked_for_code(sessions):
        try:
            session = await people.shared(start.identity)
            looks: tuple[HalfwayLook, ...] | Missing = await _Halfway(wire, site, people, session).looks(
                crawl
            )
        except WireError as error:
            looks = gap(error, "what the password alone reaches was not looked at")
        admins.append(AdminFactor(start.identity, looks))
    return SecondFactors(tuple(admins), site.hosts)


class _Halfway:
    """The looks of one administrator."""

    def __init__(self, wire: Wire, site: Site, people: People, session: SignedIn) -> None:
        self._wire, self._site, self._people, self._session = wire, site, people, session

    async def looks(self, crawl: Crawl | Missing) -> tuple[HalfwayLook, ...]:
        """All of them.

        Raises:
            WireError: the password was not taken again, or there was no answer.
        """
        routes: tuple[ProtectedRoute, ...] = ()
        if isinstance(crawl, Crawl):
            routes = await protected_routes(self._people, self._session.identity.name, crawl, _MOST_ROUTES)
        visitor, asked = await give_password(self._people, self._session, Touch.SIGN_IN)
        page = asked.page
        assert page is not None
        found = [await self._proof(visitor)]
        found += [await self._route(visitor, route) for route in routes]
        if not await self._still_asks(visitor, page):
            # The login ended at the first look: what came after was a stranger's. So one login for each kind.
            for route in {route.kind: route for route in reversed(routes)}.values():
                visitor, _ = await give_password(self._people, self._session, Touch.SIGN_IN)
                found.append(await self._route(visitor, route))
            visitor, _ = await give_password(self._people, self._session, Touch.SIGN_IN)
        if any(look.shown for look in found):
            return tuple(found)  # there is no need to walk around what guards nothing
        found += [look async for look in self._around(visitor, page)]
        if self._wire.gate.consent >= Touch.PROBE:
            found += [look async for look in self._without_code(visitor, page)]
            found += [look async for look in self._ticket(visitor, page)]
        return tuple(found)

    async def _route(self, visitor: Visitor, route: ProtectedRoute) -> HalfwayLook:
        answer = await visitor.copy().fetch("GET", route.url)
        return self._look(route.url, route.kind, answer, shown=route.shows(answer))

    async def _still_asks(self, visitor: Visitor, page: Page) -> bool:
        """Whether the portal still waits for this visitor's code; an API that holds no session always does."""
        if page.code is None:
            return True
        answers = await visitor.copy().follow("GET", page.url)
        return Page(page.url, answers[-1]).code is not None

    async def _proof(self, visitor: Visitor) -> HalfwayLook:
        url = self._session.mark.url
        answer = await visitor.copy().fetch("GET", url)
        return self._look(url, "proof", answer, shown=self._session.proves(answer))

    def _look(self, url: str, what: str, answer: Answer, *, shown: bool) -> HalfwayLook:
        enrols = what == "link" and _ENROLS in answer.body and not shown
        return HalfwayLook(self._wire.http.remember(url), what, answer.exchange, shown, enrols)

    async def _around(self, visitor: Visitor, page: Page) -> AsyncIterator[HalfwayLook]:
        """Where the login would have ended, and where the page that asks for the code leads."""
        trail = self._session.record.trail
        end = self._wire.http.address_of(trail[-1].url) if trail else ""
        targets = [("start", end)] if end and end != self._session.mark.url else []
        public = await self._public_links()
        links = [link.url for link in page.links if self._is_way_out(link.url, link.says)]
        links.sort(key=lambda url: url in public)  # those that this page alone has, first
        targets += [("link", url) for url in links[:_MOST_LINKS]]
        for what, url in targets:
            walker = visitor.copy()
            answers = await walker.follow("GET", url)
            yield self._look(url, what, answers[-1], shown=await self._session.is_proved(walker))

    async def _public_links(self) -> frozenset[str]:
        """Where the login page leads a stranger."""
        url = getattr(self._session.way, "start", "")
        if not url:
            return frozenset()
        *_, last = await self._people.stranger().follow("GET", url)
        page = Page(self._people.wire.http.address_of(last.exchange.url), last)
        return frozenset(link.url for link in page.links)

    def _is_way_out(self, url: str, says: str) -> bool:
        """A link within the portal that neither signs out nor changes anything."""
        own = (urlsplit(url).hostname or "") in self._site.hosts
        return own and not address_says(url) and not words.LOGOUT.search(f"{url} {says}")

    async def _without_code(self, visitor: Visitor, page: Page) -> AsyncIterator[HalfwayLook]:
        """The form sent with no code, and with what it remembers of the step changed."""
        form = page.code
        if form is None or form.method != "post":
            return
        for changed in _changed(form)[:_MOST_STEPS]:
            walker = visitor.copy()
            answers = await submit(walker, page.url, changed, {}, touch=Touch.PROBE)
            yield self._look(form.action, "step", answers[0], shown=await self._session.is_proved(walker))

    async def _ticket(self, visitor: Visitor, page: Page) -> AsyncIterator[HalfwayLook]:
        """What an API hands out between the two steps, shown as if it were a token."""
        data = page.data if isinstance(page.data, dict) else {}
        for value in [each for each in data.values() if isinstance(each, str) and len(each) >= _LONG][:2]:
            walker = visitor.copy()
            walker.headers = (("Authorization", f"Bearer {value}"),)
            answer = await walker.fetch("GET", self._session.mark.url, touch=Touch.PROBE)
            yield self._look(self._session.mark.url, "ticket", answer, shown=self._session.proves(answer))


def _changed(form: Form) -> list[Form]:
    """The form with an empty code, without the field, and with each small number or flag it carries along changed."""
    names = {field.name for field in code_fields(form)}
    empty = tuple(replace(field, value="") if field.name in names else field for field in form.fields)
    forms = [
        replace(form, fields=empty),
        replace(form, fields=tuple(f for f in empty if f.name not in names)),
    ]
    for at, field in enumerate(empty):
        other = _FLIPPED.get(field.value.lower())
        if other is None and field.value.isdigit() and len(field.value) < 3:
            other = str(int(field.value) + 1)
        if field.kind == "hidden" and other is not None:
            forms.append(replace(form, fields=(*empty[:at], replace(field, value=other), *empty[at + 1 :])))
    return forms


_FLIPPED = {"true": "false", "false": "true", "no": "yes", "yes": "no", "pending": "done", "0": "1", "1": "0"}

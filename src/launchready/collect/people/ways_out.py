"""Finds where one signs out, and signs out at the end of a run. Live and secret: never evidence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from launchready.collect.people import People, SignedIn
from launchready.collect.people.json_login import send
from launchready.collect.people.pages import Page
from launchready.collect.people.pressing_out import pressed_out
from launchready.collect.people.sign_out import Control, api_controls, confirmation, controls, ends_others
from launchready.errors import StoreError, WireError
from launchready.wire.chromium import NoBrowserError
from launchready.wire.http import Answer

BASIC = "basic"
"""The password is sent with each request, so that there is no session that could end."""
PASTED = frozenset(("token", "cookie", "header", "storage-state"))
"""Ways that give the same session each time: to sign it out would end it for good."""
_SCRIPTED = frozenset(("browser form", "recipe"))
_EVERYBODY = ""
_MOST_TRIED = 3
_PATIENCE = 20.0
"""Seconds for signing everybody out at the end; what the portal has not ended by then, it ends in its own time."""


@dataclass(slots=True)
class WaysOut:
    """Where one session can be signed out.

    Attributes:
        shown: the page that proves the session, where that was just looked at.
        looked: where it was looked for, as shown, in order.
    """

    people: People
    session: SignedIn
    shown: Page | None = None
    looked: dict[str, None] = field(default_factory=dict)

    async def all(self) -> AsyncIterator[Control]:
        """Ways to sign out, those first that the portal shows."""
        site, session = self.people.site, self.session
        pages: list[Page] = []
        for control in await self._declared():
            yield control
        for url in dict.fromkeys((session.mark.url, site.portal.url, self._landing())):
            page = await self.page(url) if url else None
            if page is None:
                continue
            pages.append(page)
            for control in controls(page):
                if urlsplit(control.url).hostname in site.hosts:
                    yield control
        offered = await self._of_api(pages)
        for control in (each for each in offered if each.sure):
            yield control
        if pressed := await self._pressed():
            yield pressed
        for control in (each for each in offered if not each.sure):
            yield control

    async def page(self, url: str) -> Page | None:
        """What the session gets at an address; None where there is no answer."""
        self.looked[self.people.wire.redact.url(url)] = None
        if self.shown is not None and self.shown.url == url:
            return self.shown
        try:
            return Page(url, await self.session.visitor.fetch("GET", url))
        except StoreError:
            raise
        except WireError:
            return None

    async def use(
        self, control: Control, field_name: str = "", token: str = "", *, follow: bool = True
    ) -> tuple[Answer, ...]:
        """Use one; nothing where there was no answer.

        Args:
            control: to be used.
            field_name: in which an API takes the refresh token.
            token: that refresh token, raw; empty for none.
            follow: go where the answer leads.
        """
        live, parts = self.session.visitor, urlsplit(control.url)
        headers = [*control.headers]
        if control.content_type:
            headers.append(("Content-Type", control.content_type))
        if control.method == "POST":
            headers.append(("Origin", f"{parts.scheme}://{parts.netloc}"))
        try:
            if control.how == "api" and control.method == "POST":
                return await send(live, control.url, {field_name or "refresh_token": token} if token else {})
            most = 10 if follow else 1
            return await live.follow(
                control.method, control.url, headers=headers, body=control.body, most=most
            )
        except StoreError:
            raise
        except WireError:
            return ()

    async def _declared(self) -> list[Control]:
        """As the portal file says, by the method that the API's document names for it, if any."""
        site = self.people.site
        if not site.login.logout:
            return []
        url = urljoin(site.portal.url, site.login.logout)
        named = [c for c in await self._of_api([]) if urlsplit(c.url).path == urlsplit(url).path]
        return [*named, Control("declared", "GET", url), Control("declared", "POST", url)]

    async def _of_api(self, pages: list[Page]) -> list[Control]:
        apis, session = self.people.apis, self.session
        operations, paths = await apis.operations(), await apis.paths(pages)
        if operations or paths:
            self.looked["the scripts and the OpenAPI document"] = None
        by_json = session.way is not None and "json" in session.way.kind
        login = session.way.url if session.way is not None and by_json else ""
        return list(api_controls(self.people.site.portal.url, operations, paths, login))

    async def _pressed(self) -> Control | None:
        """What a browser sends when one signs out there: learned once where a page's own control says so."""
        people, session = self.people, self.session
        if session.record.way not in _SCRIPTED:
            return None
        if _EVERYBODY in people.pressed_out:
            return people.pressed_out[_EVERYBODY]
        try:
            control = await pressed_out(people, session, self._landing() or people.site.portal.url)
        except NoBrowserError:
            return None
        if control is None or not control.is_personal:
            people.pressed_out[_EVERYBODY] = control
        return control

    def _landing(self) -> str:
        trail = self.session.record.trail
        return self.people.wire.http.address_of(trail[-1].url) if trail and trail[-1].method == "GET" else ""


async def leave(people: People) -> None:
    """Sign out all that this run has signed in; never a session that was pasted, or those of other devices.

    What does not work is left; cancelled, it ends at once.
    """
    own = list(
        {  # A session that was renewed is the same as the one that took its place.
            (each.identity.name, each.visitor.cookies, each.visitor.headers): each
            for each in people.opened
            if each.record.way not in PASTED and each.record.way != BASIC
        }.values()
    )
    works: set[tuple[str, str]] = set()
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            # Everything is seen and judged without this: not even a bug in it may spoil that.
            for together in (own[:1], own[1:]):  # what the first shows to work is believed of the others
                leaving = (_leave(people, each, works) for each in together)
                await asyncio.gather(*leaving, return_exceptions=True)


async def _leave(people: People, session: SignedIn, works: set[tuple[str, str]]) -> None:
    """Use what the portal itself calls signing out, until the session is not known any more.

    Args:
        people: of this run.
        session: to be ended.
        works: methods and paths that have ended a session, which are not looked at again; this one's are added.
    """
    answer = await session.visitor.fetch("GET", session.mark.url)
    if not session.proves(answer):
        return
    ways = WaysOut(people, session, Page(session.mark.url, answer))
    tried = 0
    async for control in ways.all():
        if not control.sure or ends_others(control):
            continue
        answers = await ways.use(control, token=session.refresh_token, follow=control.method == "GET")
        if answers and control.method == "GET":
            end = Page(people.wire.http.address_of(answers[-1].exchange.url), answers[-1])
            # A page that asks whether one really wants to.
            if end.is_html and (form := confirmation(end)) is not None and await session.is_proved():
                await ways.use(form)
        tried += 1
        used = control.method, urlsplit(control.url).path
        if tried == _MOST_TRIED or used in works:
            return
        if not await session.is_proved():
            works.add(used)
            return

"""A browser's tab in which the portal knows an identity."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urljoin

from launchready.collect.people import People, SignedIn
from launchready.collect.people.browser_login import in_tab
from launchready.errors import SignInFailed
from launchready.wire.profile import Profile
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

_SIGNING_IN = 25.0
"""Seconds."""


@asynccontextmanager
async def signed_in_tab(people: People, session: SignedIn) -> AsyncIterator[tuple[Profile, Tab]]:
    """A tab in which the portal knows the identity.

    A session that the browser itself can carry is lent to it. A token that a page's scripts hold cannot be: there the
    browser signs in by the form, as a session of its own.

    Raises:
        NoBrowserError, WireError: there is no way to.
    """
    wire, site, name = people.wire, people.site, session.identity.name
    typed = None if _can_be_lent(session) else people.typed(name)
    if typed is None or not typed.password:
        lent, before = session.visitor.copy(), session.visitor.cookies
        async with wire.browser.profile(lent) as profile, profile.tab() as tab:
            yield profile, tab
        if session.visitor.cookies == before:
            # What was renewed on the way belongs to the session; the old value may end it.
            session.visitor.keep_cookies(each for each in lent.cookies if each not in before)
        return
    if typed.code is not None:
        typed = replace(typed, code=lambda: people.code(name, ahead=True))
    async with wire.browser.profile(Visitor(wire.http, name, session.visitor.touch)) as profile:
        profile.secrets.add(typed.password)
        async with profile.tab() as tab:
            page = urljoin(site.portal.url, session.identity.login or "")
            try:
                async with asyncio.timeout(_SIGNING_IN):
                    came = await in_tab(wire, site, profile, tab, page, typed, site.login.recipe)
            except TimeoutError:
                raise SignInFailed(
                    f"the browser did not get signed in as {name} in {_SIGNING_IN:g} s"
                ) from None
            if not came.reached:
                raise SignInFailed(f"the browser could not sign in as {name}: {came.says}")
            yield profile, tab


def _can_be_lent(session: SignedIn) -> bool:
    """Whether a browser that gets its cookies and its storage is signed in."""
    if not any(carrier.startswith("header ") for carrier in session.record.carriers):
        return True
    stored = [value for each in session.visitor.local_storage.values() for value in each.values()]
    tokens = [value.split()[-1] for _, value in session.visitor.headers if value.split()]
    return any(token in value for token in tokens for value in stored)

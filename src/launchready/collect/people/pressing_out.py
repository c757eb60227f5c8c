"""How a portal signs out whose pages are made by scripts: the control is pressed, and what it sends is held back.

Live and secret: never evidence.
"""

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from launchready.collect.people import words
from launchready.collect.people.sign_out import ELSEWHERE, Control
from launchready.errors import Unreachable
from launchready.wire.fields import SeenField

if TYPE_CHECKING:
    from launchready.collect.people import People, SignedIn
    from launchready.wire.profile import Profile
    from launchready.wire.tab import Tab

_QUIET, _REST, _POLL = 0.4, 5.0, 0.1
_STARTS = 2.0
"""Seconds in which a pressed control has made its page ask for something."""
_MOST_MENUS = 3
_MENU = re.compile(r"menu|account|profil|user|avatar|konto|compte|cuenta|conta\b|settings", re.IGNORECASE)


async def pressed_out(people: "People", session: "SignedIn", url: str) -> Control | None:
    """What the control that reads as signing out sends, from a page of a session that goes on; None where none is found.

    Args:
        people: of the run.
        session: whose page it is; only a copy of what it holds is given to the browser.
        url: the page, raw.

    Raises:
        NoBrowserError: there is no browser.
    """
    async with people.wire.browser.profile(session.visitor.copy()) as profile, profile.tab() as tab:
        try:
            await tab.load(url, people.site.crawl.timeout)
        except Unreachable:
            return None
        await tab.rest(_QUIET, _REST)
        control = await _found(people, session, tab)
        return await _pressed(people, profile, tab, control) if control is not None else None


async def _found(people: "People", session: "SignedIn", tab: "Tab") -> SeenField | None:
    """The control, behind a menu of the person's own if need be."""
    opened: set[str] = set()
    for _ in range(_MOST_MENUS + 1):
        fields = (await tab.sight(people.site.hosts)).fields
        out = [each for each in fields if each.enabled and _signs_out(each)]
        if out:
            return out[0]
        menus = [
            each
            for each in fields
            if _may_be_menu(each, session.identity.username) and _key(each) not in opened
        ]
        if not menus:
            return None
        opened.add(_key(menus[0]))
        await menus[0].click()
        await tab.rest(_QUIET, _REST)
    return None


async def _pressed(people: "People", profile: "Profile", tab: "Tab", control: SeenField) -> Control | None:
    """Press it; gives what would have gone out first of all that it began."""
    # What is asked beforehand may go, or what follows would never be sent.
    profile.holds_back = lambda method, _url, _body: method != "OPTIONS"
    changed, scripted, failed = len(tab.changes), len(tab.scripted), len(tab.failed)
    await control.click()
    end = asyncio.get_running_loop().time() + _STARTS
    while asyncio.get_running_loop().time() < end:
        await asyncio.sleep(_POLL)
        # What is under way when its tab is closed is nobody's, and might go out: it counts once it was held back.
        held = [each.url for each in tab.failed[failed:] if each.withheld]
        for request in tab.changes[changed:]:
            if request.url in held and urlsplit(request.url).hostname in people.site.hosts:
                own = next((s.headers for s in tab.scripted[scripted:] if s.url == request.url), {})
                return Control(
                    "pressed",
                    request.method,
                    request.url,
                    request.headers.get("content-type", ""),
                    request.post_data_buffer or b"",
                    headers=tuple(own.items()),
                )
        for url in held:
            if words.LOGOUT.search(urlsplit(url).path) and urlsplit(url).hostname in people.site.hosts:
                return Control("pressed", "GET", url)
    return None


def _signs_out(field: SeenField) -> bool:
    said = f"{field.says} {field.hints}"
    return field.kind in ("button", "link") and bool(words.LOGOUT.search(said)) and not ELSEWHERE.search(said)


def _may_be_menu(field: SeenField, username: str) -> bool:
    """A button that leads nowhere and names the person or an account."""
    said = f"{field.says} {field.hints}"
    named = bool(username) and username.casefold() in said.casefold()
    return (
        field.kind == "button" and field.enabled and not field.submits and (named or bool(_MENU.search(said)))
    )


def _key(field: SeenField) -> str:
    return f"{field.says}\0{field.hints}"

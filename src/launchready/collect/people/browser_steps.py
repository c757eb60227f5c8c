"""Doing in a browser, step by step, what the portal file describes: a login recipe, or a flow of daily work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from launchready.errors import WireError
from launchready.site import Site
from launchready.site.identities import Step
from launchready.wire.tab import Tab

_QUIET = 0.4
_KEYS = {
    "enter": "Enter",
    "return": "Enter",
    "tab": "Tab",
    "escape": "Escape",
    "esc": "Escape",
    "space": "Space",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one identity signs in with, raw.

    Attributes:
        username, password: as typed.
        code: gives a one-time code that was not used yet; None where the identity has none.
    """

    username: str
    password: str
    code: Callable[[], Awaitable[str]] | None = None


def described(step: Step) -> str:
    """What a step does, for a report; never the secret that it fills in."""
    match step:
        case Step(open=str() as place):
            return f"open {place}"
        case Step(fill=str() as what):
            return f"fill in “{what}”"
        case Step(click=str() as what):
            return f"click “{what}”"
        case Step(press=str() as key):
            return f"press {key}"
    return f"expect “{step.expect}”"


async def perform(tab: Tab, site: Site, step: Step, credentials: Credentials | None) -> str:
    """Do one step and let the page come to rest; empty when it could be done, else why not, in half a sentence."""
    patience = site.crawl.timeout
    try:
        why = await _done(tab, site, step, credentials, patience)
        await tab.rest(_QUIET, patience)
    except WireError as error:
        return str(error)
    return why


def is_insecure(tab: Tab, site: Site) -> bool:
    """Whether what is typed here would go over plain http, though the portal has https."""
    return site.portal.url.startswith("https:") and tab.url.startswith("http:")


async def _done(tab: Tab, site: Site, step: Step, credentials: Credentials | None, patience: float) -> str:
    if step.open is not None:
        await tab.load(urljoin(site.portal.url, step.open), patience)
        return ""
    if step.fill is not None:
        value = step.value or ""
        if "{" in value and is_insecure(tab, site):
            return "the page is not secure, and no secret is typed there"
        if credentials is not None:
            value = await _filled(value, credentials)
        if "{totp}" in value or "{password}" in value:
            return "this identity has no such secret"
        return "" if await tab.fill(step.fill, value, patience) else "there is no such field"
    if step.click is not None:
        return "" if await tab.click(step.click, patience) else "there is nothing of this name to click"
    if step.press is not None:
        key = _KEYS.get(step.press.lower(), step.press)
        return "" if await tab.press(key) else "there is no such key, or the page is too busy"
    return "" if await tab.expect(step.expect or "", patience) else "it did not come"


async def _filled(value: str, credentials: Credentials) -> str:
    value = value.replace("{username}", credentials.username)
    if credentials.password:
        value = value.replace("{password}", credentials.password)
    if "{totp}" in value and credentials.code is not None:
        value = value.replace("{totp}", await credentials.code())
    return value

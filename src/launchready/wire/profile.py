"""A browser profile of one visitor's own: what the visitor holds goes in, what the browser then holds comes back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import BrowserContext, Error

from launchready.evidence.set_cookie import SameSite
from launchready.wire.askers import Asker, Askers
from launchready.wire.chromium import NoBrowserError
from launchready.wire.cookies import Cookie
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

PATIENCE = 30.0
"""Seconds to open a tab, or to end."""
_SAME_SITES: dict[str, SameSite] = {"Lax": "Lax", "Strict": "Strict", "None": "None"}
OPTIONS: dict[str, Any] = {
    "service_workers": "block",
    "accept_downloads": False,
    "viewport": {"width": 1280, "height": 800},
}
"""Of every context. Service workers would answer for the portal."""


class Profile:
    """Tabs that share cookies, cache and storage with each other and with nobody else.

    Attributes:
        visitor: whose; holds what the browser holds once the profile is left, or `keep` was called.
        secrets: never shown in a screenshot; more can be added before a tab is opened.
        holds_back: which requests of its tabs are not sent, by method, address and body; None lets all go that may.
    """

    def __init__(self, context: BrowserContext, askers: Askers, visitor: Visitor) -> None:
        self._context, self._askers = context, askers
        self.visitor = visitor
        self.secrets: set[str] = set()
        self.holds_back: Callable[[str, str, str], bool] | None = None
        self._tabs: list[Tab] = []

    @classmethod
    async def of(cls, context: BrowserContext, askers: Askers, visitor: Visitor) -> "Profile":
        """The profile of this visitor, in a context that has its local storage already."""
        profile = cls(context, askers, visitor)
        given = visitor.cookies
        for cookie in given:
            # One by one: Chromium takes all or none, and may refuse what another browser keeps.
            with suppress(Error):
                await context.add_cookies([_to_browser(cookie)])  # type: ignore[list-item] # a TypedDict
        return profile

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """A tab of this profile; several may be open at once.

        Raises:
            NoBrowserError: Chromium stopped.
        """
        tab = await opened(self._context, self._askers, self._asker(), self.hidden())
        self._tabs.append(tab)
        try:
            yield tab
        finally:
            await tab.close()

    async def keep(self) -> None:
        """Give cookies and local storage to the visitor as they are now."""
        try:
            state = await asyncio.wait_for(self._context.storage_state(), PATIENCE)
        except (Error, TimeoutError):
            return  # the browser is gone; the visitor keeps what it had
        before = {(each.name, each.host, each.path): each for each in self.visitor.cookies}
        self.visitor.replace_cookies(_from_browser(cookie, before) for cookie in state["cookies"])
        self.visitor.local_storage = {
            origin["origin"]: {item["name"]: item["value"] for item in origin["localStorage"]}
            for origin in state["origins"]
        }

    @property
    def authorization(self) -> str:
        """The Authorization header that the portal's pages sent last by themselves, raw; empty when none."""
        sent = [value for tab in self._tabs for value in tab.authorizations.values()]
        return sent[-1] if sent else ""

    async def close(self) -> None:
        """End it, whatever its pages are doing."""
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self._context.close(), PATIENCE)

    def _asker(self) -> Asker:
        visitor = self.visitor
        name = "browser" if visitor.name == "anonymous" else visitor.name
        return Asker(name, visitor.touch, visitor.headers, self._held_back)

    def _held_back(self, method: str, url: str, body: str) -> bool:
        return self.holds_back is not None and self.holds_back(method, url, body)

    def hidden(self) -> frozenset[str]:
        """What must not be seen in a screenshot: what was named, and what the visitor holds."""
        held = [cookie.value for cookie in self.visitor.cookies if len(cookie.value) >= 8]
        sent = [word for _, value in self.visitor.headers for word in value.split() if len(word) >= 8]
        return frozenset((*self.secrets, *held, *sent))


async def opened(
    context: BrowserContext, askers: Askers, asker: Asker, secrets: frozenset[str] = frozenset()
) -> Tab:
    """A new tab, known to be this asker's before it asks for anything.

    Raises:
        NoBrowserError: Chromium stopped.
    """
    try:
        tab = await asyncio.wait_for(Tab.opened(context, secrets), PATIENCE)
        await askers.introduce(tab.session, asker)
    except Error as error:
        raise NoBrowserError(f"Chromium stopped ({said(error)})") from error
    except TimeoutError as error:
        raise NoBrowserError("Chromium did not open another tab") from error
    return tab


def storage_of(visitor: Visitor) -> dict[str, Any] | None:
    """The visitor's local storage as a new context takes it; None when there is none."""
    origins = [
        {"origin": origin, "localStorage": [{"name": key, "value": value} for key, value in stored.items()]}
        for origin, stored in visitor.local_storage.items()
        if stored
    ]
    return {"cookies": [], "origins": origins} if origins else None


def said(error: Exception) -> str:
    """The first line of what Playwright says, which goes on for pages."""
    return str(error).strip().partition("\n")[0][:200]


def _to_browser(cookie: Cookie) -> dict[str, Any]:
    given: dict[str, Any] = {
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.host if cookie.host_only else f".{cookie.host}",
        "path": cookie.path,
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
    }
    if cookie.same_site in _SAME_SITES:
        given["sameSite"] = cookie.same_site
    if cookie.expires is not None:
        given["expires"] = cookie.expires.timestamp()
    return given


def _from_browser(given: Any, before: dict[tuple[str, str, str], Cookie]) -> Cookie:
    """What the browser holds; a cookie that it left as it was stays as it was, with what the browser does not tell."""
    domain, path = str(given["domain"]), str(given["path"])
    name, value, host = str(given["name"]), str(given["value"]), domain.removeprefix(".")
    known = before.get((name, host, path))
    if known is not None and known.value == value:
        return known
    seconds = float(given.get("expires", -1))
    return Cookie(
        name=name,
        value=value,
        host=host,
        host_only=not domain.startswith("."),
        path=path,
        secure=bool(given.get("secure")),
        http_only=bool(given.get("httpOnly")),
        same_site=_SAME_SITES.get(str(given.get("sameSite")), "Default"),
        expires=datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None,
    )

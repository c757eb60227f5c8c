"""One Chromium for a run, through Playwright: started when first needed, and behind the gate like all else.

Two locks, so that one may fail. The names: only hosts in scope resolve at all, to the addresses that our own look-up
let through. The requests: each one, also after a redirect, from a frame or from a worker, is held until the gate has
let it go. They are held between browser and network, so what the browser itself blocks or upgrades stays as it is.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, CDPSession, Error, async_playwright

from launchready.errors import Refused, WireError
from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire import chromium
from launchready.wire.chromium import NoBrowserError
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate
from launchready.wire.tab import Tab

_INNER = ("data:", "blob:", "about:", "chrome:", "chrome-extension:", "filesystem:", "devtools:")
"""Addresses that ask nobody outside the browser."""
_TABS = 3
"""Tabs open at once."""
_PATIENCE = 30.0
"""Seconds to open a tab, or to end."""


class BrowserWire:
    """Opens tabs. Nothing is started before the first one."""

    def __init__(self, gate: Gate, dns: DnsWire, site: Site, redact: Redactor) -> None:
        self._gate, self._dns, self._site, self._redact = gate, dns, site, redact
        self._stack = AsyncExitStack()
        self._visitors: dict[frozenset[str], BrowserContext] = {}
        self._starting = asyncio.Lock()
        self._tabs = asyncio.Semaphore(_TABS)
        self._held: set[asyncio.Task[None]] = set()
        self.version = ""

    @asynccontextmanager
    async def tab(self, accept_keys: tuple[str, ...] = ()) -> AsyncIterator[Tab]:
        """A tab of one visitor, whom the portal does not know; a few may be open at once.

        They share cookies and cache, as any visitor's tabs do; that also halves the work, the portal's included.

        Args:
            accept_keys: base64 of the SHA-256 of public keys; certificates with exactly these are accepted,
                whatever is wrong with them. Only for a look at a page whose certificate is judged elsewhere.

        Raises:
            NoBrowserError: there is no browser, or it does not start.
        """
        async with self._tabs:
            visitor = await self._visitor(frozenset(accept_keys))
            try:
                tab = await asyncio.wait_for(Tab.opened(visitor), _PATIENCE)
            except Error as error:
                raise NoBrowserError(f"Chromium stopped ({_said(error)})") from error
            except TimeoutError as error:
                raise NoBrowserError("Chromium did not open another tab") from error
            try:
                yield tab
            finally:
                await tab.close()

    async def close(self) -> None:
        """Stop the browser, if there is one."""
        self._visitors.clear()
        with suppress(TimeoutError):  # its process ends with ours at the latest
            await asyncio.wait_for(self._stack.aclose(), _PATIENCE)

    async def _visitor(self, keys: frozenset[str]) -> BrowserContext:
        async with self._starting:
            visitor = self._visitors.get(keys)
            if visitor is None or visitor.browser is None or not visitor.browser.is_connected():
                visitor = self._visitors[keys] = await self._launch(keys)
            return visitor

    async def _launch(self, keys: frozenset[str]) -> BrowserContext:
        addresses = await self._addresses()
        folder: tempfile.TemporaryDirectory[str] = await chromium.home(map(Path, self._site.tls.extra_ca))
        self._stack.callback(folder.cleanup)
        try:
            playwright = await self._stack.enter_async_context(async_playwright())
            browser = await playwright.chromium.launch(
                executable_path=chromium.executable(playwright.chromium.executable_path),
                args=chromium.flags(addresses, self._site.scope.subresources, sorted(keys)),
                env=chromium.environment(folder.name),
            )
            self._stack.push_async_callback(browser.close)
            session = await browser.new_browser_cdp_session()
            session.on("Fetch.requestPaused", lambda event: self._hold(session, event))
            await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
            self.version = browser.version
            return await browser.new_context(
                service_workers="block", accept_downloads=False, viewport={"width": 1280, "height": 800}
            )
        except Error as error:
            raise NoBrowserError(f"Chromium did not start ({_said(error)})") from error

    async def _addresses(self) -> dict[str, str]:
        """Where each host in scope is asked; those that cannot be looked up are left out."""

        async def first(host: str) -> tuple[str, str]:
            try:
                return host, (await self._dns.addresses(host))[0]
            except WireError:
                return host, ""

        found = await asyncio.gather(*map(first, self._site.scope_hosts))
        return {host: address for host, address in found if address}

    def _hold(self, session: CDPSession, event: dict[str, Any]) -> None:
        task = asyncio.create_task(self._decide(session, event))
        self._held.add(task)
        task.add_done_callback(self._held.discard)

    async def _decide(self, session: CDPSession, event: dict[str, Any]) -> None:
        """Let one request go, or not. It may be gone already: pages close and requests are cancelled."""
        request = event["request"]
        url = str(request["url"])
        verdict = "Fetch.continueRequest", {"requestId": event["requestId"]}
        if not url.startswith(_INNER):
            try:
                self._admit(str(request["method"]), url)
            except Refused:
                verdict = (
                    "Fetch.failRequest",
                    {"requestId": event["requestId"], "errorReason": "BlockedByClient"},
                )
        with suppress(Error):
            await session.send(*verdict)

    def _admit(self, method: str, url: str) -> None:
        """Ask the gate, and write down what goes out.

        Raises:
            Refused: it may not be asked.
        """
        host = (urlsplit(url).hostname or "").rstrip(".")
        if host not in self._site.scope.subresources:
            self._gate.check(url)
        self._gate.spend(requests=1)
        self._gate.journal(method, self._redact.url(url), who="browser")


def _said(error: Exception) -> str:
    """The first line of what Playwright says, which goes on for pages."""
    return str(error).strip().partition("\n")[0][:200]

"""One Chromium for a run, through Playwright: started when first needed, and behind the gate like all else.

Two locks, so that one may fail. The names: only hosts in scope resolve at all, to the addresses that our own look-up
let through. The requests: each one, also after a redirect, from a frame or from a worker, is held until the gate has
let it go. They are held between browser and network, so what the browser itself blocks or upgrades stays as it is.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession, Error, async_playwright

from launchready.errors import Refused, WireError
from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire import chromium
from launchready.wire.askers import NOBODY, Asker, Askers
from launchready.wire.chromium import NoBrowserError
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate
from launchready.wire.http import USER_AGENT
from launchready.wire.profile import OPTIONS, PATIENCE, Profile, opened, said, storage_of
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

_INNER = ("data:", "blob:", "about:", "chrome:", "chrome-extension:", "filesystem:", "devtools:")
"""Addresses that ask nobody outside the browser."""
_TABS = 3
"""Tabs of strangers open at once."""
_PROFILES = 2
"""Profiles of visitors open at once."""


@dataclass(slots=True)
class _Running:
    """A Chromium, whose requests are whose, and the context that all strangers share."""

    browser: Browser
    askers: Askers
    strangers: BrowserContext


class BrowserWire:
    """Opens tabs. Nothing is started before the first one."""

    def __init__(
        self, gate: Gate, dns: DnsWire, site: Site, redact: Redactor, *, left_out: bool = False
    ) -> None:
        self._gate, self._dns, self._site, self._redact = gate, dns, site, redact
        self._left_out = left_out
        self._stack = AsyncExitStack()
        self._browsers: dict[frozenset[str], _Running] = {}
        self._starting = asyncio.Lock()
        self._tabs = asyncio.Semaphore(_TABS)
        self._profiles = asyncio.Semaphore(_PROFILES)
        self._held: set[asyncio.Task[None]] = set()
        self.version = ""

    @asynccontextmanager
    async def tab(
        self, accept_keys: tuple[str, ...] = (), *, visitor: Visitor | None = None
    ) -> AsyncIterator[Tab]:
        """A tab of a stranger, whom the portal does not know, or of this visitor; a few may be open at once.

        Strangers' tabs share cookies and cache, as any visitor's do; that also halves the work, the portal's included.

        Args:
            accept_keys: base64 of the SHA-256 of public keys; certificates with exactly these are accepted,
                whatever is wrong with them. Only for a stranger's look at a page whose certificate is judged
                elsewhere: what a visitor holds goes to nobody who cannot prove to be the portal.
            visitor: as `profile` takes.

        Raises:
            NoBrowserError: there is no browser, or it does not start.
        """
        if visitor is not None:
            async with self.profile(visitor) as profile, profile.tab() as tab:
                yield tab
            return
        async with self._tabs:
            running = await self._running(frozenset(accept_keys))
            tab = await opened(running.strangers, running.askers, NOBODY)
            try:
                yield tab
            finally:
                await tab.close()

    @asynccontextmanager
    async def profile(self, visitor: Visitor, *, agent: str | None = USER_AGENT) -> AsyncIterator[Profile]:
        """A clean profile with what this visitor holds: cookies, local storage, headers for hosts of the portal.

        On leaving, the visitor gets back what the browser then holds. Open no profile inside another.

        Args:
            visitor: whose profile.
            agent: what the browser calls itself; None for its own name. Some portals end a session that comes back under
                another name than it began with, so it is that of plain requests where sessions go to and fro.

        Raises:
            NoBrowserError: there is no browser, or it does not start.
        """
        async with self._profiles:
            running = await self._running(frozenset())
            try:
                state = storage_of(visitor)
                context = await running.browser.new_context(**OPTIONS, storage_state=state, user_agent=agent)  # type: ignore[arg-type] # a TypedDict
                profile = await Profile.of(context, running.askers, visitor)
            except Error as error:
                raise NoBrowserError(f"Chromium stopped ({said(error)})") from error
            try:
                yield profile
            finally:
                await profile.keep()
                await profile.close()

    async def close(self) -> None:
        """Stop the browser, if there is one."""
        self._browsers.clear()
        with suppress(TimeoutError):  # its process ends with ours at the latest
            await asyncio.wait_for(self._stack.aclose(), PATIENCE)

    async def _running(self, keys: frozenset[str]) -> _Running:
        if self._left_out:
            raise NoBrowserError("the browser was left out of this run", "run it without --no-browser")
        async with self._starting:
            running = self._browsers.get(keys)
            if running is None or not running.browser.is_connected():
                running = self._browsers[keys] = await self._launch(keys)
            return running

    async def _launch(self, keys: frozenset[str]) -> _Running:
        addresses = await self._addresses()
        folder: tempfile.TemporaryDirectory[str] = await chromium.home(map(Path, self._site.tls.extra_ca))
        self._stack.callback(folder.cleanup)
        askers = Askers()
        try:
            playwright = await self._stack.enter_async_context(async_playwright())
            browser = await playwright.chromium.launch(
                executable_path=chromium.executable(playwright.chromium.executable_path),
                args=chromium.flags(addresses, self._site.scope.subresources, sorted(keys)),
                env=chromium.environment(folder.name),
            )
            self._stack.push_async_callback(browser.close)
            session = await browser.new_browser_cdp_session()
            await askers.watch(session)
            session.on("Fetch.requestPaused", lambda event: self._hold(session, askers, event))
            await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
            self.version = browser.version
            return _Running(browser, askers, await browser.new_context(**OPTIONS))
        except Error as error:
            raise NoBrowserError(f"Chromium did not start ({said(error)})") from error

    async def _addresses(self) -> dict[str, str]:
        """Where each host in scope is asked; those that cannot be looked up are left out."""

        async def first(host: str) -> tuple[str, str]:
            try:
                return host, (await self._dns.addresses(host))[0]
            except WireError:
                return host, ""

        found = await asyncio.gather(*map(first, self._site.scope_hosts))
        return {host: address for host, address in found if address}

    def _hold(self, session: CDPSession, askers: Askers, event: dict[str, Any]) -> None:
        task = asyncio.create_task(self._decide(session, askers.of(str(event.get("frameId", ""))), event))
        self._held.add(task)
        task.add_done_callback(self._held.discard)

    async def _decide(self, session: CDPSession, asker: Asker, event: dict[str, Any]) -> None:
        """Let one request go, or not. It may be gone already: pages close and requests are cancelled."""
        request = event["request"]
        url = str(request["url"])
        going: dict[str, Any] = {"requestId": event["requestId"]}
        verdict = "Fetch.continueRequest"
        if not url.startswith(_INNER):
            try:
                self._admit(str(request["method"]), url, asker, str(request.get("postData") or ""))
            except Refused:
                verdict = "Fetch.failRequest"
                going["errorReason"] = "BlockedByClient"
            else:
                if headers := self._with_own(asker, url, request["headers"]):
                    going["headers"] = headers
        with suppress(Error):
            await session.send(verdict, going)

    def _admit(self, method: str, url: str, asker: Asker, body: str) -> None:
        """Ask the gate, and write down what goes out.

        Raises:
            Refused: it may not be asked.
        """
        if asker.holds_back(method, url, body):
            raise Refused("whoever asks wants it held back", "")
        host = (urlsplit(url).hostname or "").rstrip(".")
        if host not in self._site.scope.subresources:
            self._gate.check(url, asker.touch)
        self._gate.spend(requests=1)
        self._gate.journal(method, self._redact.url(url), who=asker.name)

    def _with_own(self, asker: Asker, url: str, given: dict[str, str]) -> list[dict[str, str]]:
        """All headers with the asker's own, where those may go and the page sends none of that name; else nothing."""
        parts = urlsplit(url)
        secure = parts.scheme == "https" or not self._site.portal.url.startswith("https:")
        if not secure or parts.hostname not in self._site.hosts:
            return []
        names = {name.lower() for name in given}
        own = [(name, value) for name, value in asker.headers if name.lower() not in names]
        return [{"name": name, "value": value} for name, value in (*given.items(), *own)] if own else []

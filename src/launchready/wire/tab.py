"""One tab: what happens in it while it loads a page, in raw values, to be redacted before they are kept."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Error, Frame, Page, Request
from playwright.async_api import TimeoutError as TooLong

from launchready.errors import Unreachable

_MOST = 500
"""Events of one kind that are kept for one page."""
_STEP = 0.05
_PATIENCE = 4.0
"""Seconds in which a page must do what it is told; one in an endless loop never does."""
_LASTING = frozenset(("eventsource", "media", "ping", "websocket"))
"""Requests that may go on for as long as the page is there."""
_SCROLL = """async () => {
  const end = Date.now() + 1500;
  const step = Math.max(400, innerHeight);
  for (let y = step; y < document.documentElement.scrollHeight + step && Date.now() < end; y += step) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  }
  scrollTo(0, 0);
}"""
"""Bring everything into view once, so that lazy images load; pages that grow meanwhile are left."""


@dataclass(frozen=True, slots=True)
class InsecureRequest:
    """One issue as Chromium states it: its names for resource and resolution."""

    resource: str
    resolution: str
    url: str


@dataclass(frozen=True, slots=True)
class FailedRequest:
    """One request that failed, with Playwright's name for its resource and Chromium's for the failure."""

    resource: str
    url: str
    why: str

    @property
    def withheld(self) -> bool:
        """Whether it was our own gate that said no."""
        return self.why.startswith("net::ERR_BLOCKED_BY_CLIENT")


@dataclass(eq=False)  # no slots: Playwright notes on the object which of its methods listen
class Tab:
    """A page being looked at. What it gathers is in its attributes.

    Attributes:
        status, final: of the answer; 0 and empty until there is one.
        issues: insecure requests, each once, though Chromium may tell twice.
        console, errors: errors on the console, and errors that no script caught.
        failed: requests that failed, our own refusals included.
        answered: addresses that were answered, whatever the status.
        sockets: WebSocket addresses that were tried; insecure ones are among the issues alone.
        security: Chromium's word for the state of the page.
    """

    _context: BrowserContext
    _page: Page
    _session: CDPSession
    status: int = 0
    final: str = ""
    security: str = ""
    issues: dict[InsecureRequest, None] = field(default_factory=dict)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: list[FailedRequest] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    sockets: set[str] = field(default_factory=set)
    _open: set[Request] = field(default_factory=set)
    _doing: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    async def opened(cls, context: BrowserContext) -> "Tab":
        """A new tab that listens from the start."""
        page = await context.new_page()
        tab = cls(context, page, await context.new_cdp_session(page))
        tab._listen()
        for domain in ("Audits", "Security"):
            await tab._session.send(f"{domain}.enable")
        return tab

    def _listen(self) -> None:
        page, session = self._page, self._session
        page.on("request", self._begun)
        page.on("requestfinished", self._finished)
        page.on("requestfailed", self._failed)
        page.on(
            "console", lambda message: _note(self.console, message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: _note(self.errors, str(error)))
        page.on("websocket", lambda socket: self.sockets.add(socket.url))
        page.on("dialog", lambda dialog: self._soon(dialog.dismiss()))
        page.on("popup", lambda popup: self._soon(popup.close()))
        session.on("Audits.issueAdded", self._issue)
        session.on("Security.visibleSecurityStateChanged", self._secured)

    async def load(self, url: str, patience: float) -> bool:
        """Go there and wait until all is loaded; False if it had not all come in time.

        Raises:
            Unreachable: there was no page, or it is a download.
        """
        try:
            answer = await self._page.goto(url, wait_until="commit", timeout=patience * 1000)
        except TooLong as error:
            raise Unreachable(f"the browser had no answer within {patience:g} s") from error
        except Error as error:
            raise Unreachable(f"the browser could not load it ({_reason(error)})") from error
        self.final, self.status = self._page.url, answer.status if answer else 0
        try:
            await self._page.wait_for_load_state("load", timeout=patience * 1000)
        except TooLong:
            return False
        except Error as error:
            raise Unreachable(f"the browser lost the page ({_reason(error)})") from error
        return True

    async def rest(self, quiet: float, patience: float) -> bool:
        """Wait until no request was under way for `quiet` seconds; False if that did not come in time."""
        loop = asyncio.get_running_loop()
        end, since = loop.time() + patience, loop.time()
        while loop.time() - since < quiet:
            await asyncio.sleep(_STEP)
            if self._open:
                since = loop.time()
            if loop.time() > end:
                return False
        return True

    async def has_scripts(self) -> bool | None:
        """Whether anything can still change by itself; None if the page is too busy to say."""
        answer = await self._evaluate("() => document.scripts.length > 0")
        return None if answer is None else bool(answer)

    async def scroll(self) -> None:
        """Bring everything into view once, in a second or two."""
        await self._evaluate(_SCROLL)

    async def content(self) -> str:
        """The document as it is now, after scripts have run; empty if it cannot be had."""
        try:
            return await asyncio.wait_for(self._page.content(), _PATIENCE)
        except (Error, TimeoutError):
            return ""

    async def frames(self) -> None:
        """Gather the issues of frames with a process of their own; Chromium keeps them until it is asked."""
        for frame in self._page.frames[1:20]:
            # An error means that the frame shares the page's process, so that its issues were told already.
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(self._issues_of(frame), _PATIENCE)

    async def _issues_of(self, frame: Frame) -> None:
        session = await self._context.new_cdp_session(frame)
        session.on("Audits.issueAdded", self._issue)
        await session.send("Audits.enable")

    async def screenshot(self) -> bytes:
        """A PNG of what is in view, with password fields covered; empty if there is none to be had."""
        try:
            return await self._page.screenshot(
                mask=[self._page.locator("input[type=password]")],
                timeout=_PATIENCE * 1000,
                animations="disabled",
            )
        except Error:
            return b""

    async def _evaluate(self, script: str) -> Any:
        try:
            return await asyncio.wait_for(self._page.evaluate(script), _PATIENCE)
        except (Error, TimeoutError):
            return None  # the page went elsewhere or is too busy; what was gathered stays

    def _soon(self, action: Awaitable[None]) -> None:
        """Do something that an event asks for; the page may be gone before it is done."""

        async def attempt() -> None:
            with suppress(Error):
                await action

        task = asyncio.create_task(attempt())
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def close(self) -> None:
        """Close the page, even one that is too busy to answer."""
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self._page.close(), _PATIENCE)

    def insecure(self) -> tuple[InsecureRequest, ...]:
        """Insecure requests: the issues, and what was blocked in workers and frames, where there is none."""
        found, told = dict(self.issues), {issue.url for issue in self.issues}
        for failed in self.failed:
            if failed.why == "mixed-content" and failed.url not in told:
                found[InsecureRequest(failed.resource, "MixedContentBlocked", failed.url)] = None
        return tuple(found)

    def _begun(self, request: Request) -> None:
        if request.resource_type not in _LASTING:
            self._open.add(request)

    def _finished(self, request: Request) -> None:
        self._open.discard(request)
        if len(self.answered) < _MOST:
            self.answered.add(request.url)

    def _failed(self, request: Request) -> None:
        self._open.discard(request)
        if len(self.failed) < _MOST:
            self.failed.append(FailedRequest(request.resource_type, request.url, request.failure or ""))

    def _issue(self, event: dict[str, Any]) -> None:
        details = event["issue"]["details"]
        if mixed := details.get("mixedContentIssueDetails"):
            found = InsecureRequest(
                mixed.get("resourceType", ""), mixed["resolutionStatus"], mixed["insecureURL"]
            )
        elif (policy := details.get("contentSecurityPolicyIssueDetails")) and not policy.get("isReportOnly"):
            url = policy.get("blockedURL", "")
            if not url.startswith(("http://", "ws://")):
                return
            found = InsecureRequest(policy.get("violatedDirective", ""), "policy", url)
        else:
            return
        if len(self.issues) < _MOST:
            self.issues[found] = None

    def _secured(self, event: dict[str, Any]) -> None:
        self.security = event["visibleSecurityState"]["securityState"]


def _note(said: list[str], text: str) -> None:
    if len(said) < _MOST:
        said.append(text)


def _reason(error: Exception) -> str:
    """Chromium's own word, as net::ERR_CERT_DATE_INVALID, out of Playwright's sentence."""
    line = str(error).strip().partition("\n")[0]
    return next((word for word in line.split() if word.startswith("net::")), line[:120])

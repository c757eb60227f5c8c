"""One tab: it loads a page, says what came of it, and does with it what a person would."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import BrowserContext, CDPSession, Error, Frame, Page
from playwright.async_api import TimeoutError as TooLong

from launchready.errors import Unreachable
from launchready.wire import covering, fields
from launchready.wire.acting import Acting
from launchready.wire.fields import Sight
from launchready.wire.observed import FailedRequest, InsecureRequest, Observed

__all__ = ["FailedRequest", "InsecureRequest", "Tab"]

_STEP = 0.05
_PATIENCE = 4.0
"""Seconds in which a page must do what it is told; one in an endless loop never does."""
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
_TEXT = "() => document.body ? document.body.innerText : ''"
_LONGEST_TEXT = 200_000


@dataclass(eq=False)  # no slots: Playwright notes on the object which of its methods listen
class Tab(Acting, Observed):
    """A page being looked at and used. What it gathers is in the attributes of `Observed`.

    Attributes:
        final: where loading ended; empty until there was an answer.
        secrets: never shown in a screenshot, wherever they stand in the page.
    """

    final: str = ""
    secrets: frozenset[str] = frozenset()

    @classmethod
    async def opened(cls, context: BrowserContext, secrets: frozenset[str] = frozenset()) -> "Tab":
        """A new tab that listens from the start."""
        page = await context.new_page()
        tab = cls(page, await context.new_cdp_session(page), secrets=secrets)
        tab._listen()
        for domain in ("Audits", "Security", "Page"):
            await tab.session.send(f"{domain}.enable")
        return tab

    @property
    def session(self) -> CDPSession:
        """Chromium's own words about this tab."""
        return self._session

    @property
    def page(self) -> Page:
        """The page itself, for what is found in it by its structure."""
        return self._page

    @property
    def url(self) -> str:
        """Where the tab is now."""
        return self._page.url

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

    async def move(self, how: Literal["reload", "back"], patience: float) -> bool:
        """Reload the page or go back to the one before; False if it had not all come in time or there is none.

        Raises:
            Unreachable: there was no page.
        """
        action = self._page.reload if how == "reload" else self._page.go_back
        try:
            await action(wait_until="load", timeout=patience * 1000)
        except TooLong:
            return False
        except Error as error:
            raise Unreachable(f"the browser could not load it ({_reason(error)})") from error
        self.final = self._page.url
        return True

    async def rest(self, quiet: float, patience: float) -> bool:
        """Wait until no request was under way for `quiet` seconds; False if that did not come in time."""
        loop = asyncio.get_running_loop()
        end, since = loop.time() + patience, loop.time()
        while loop.time() - since < quiet:
            await asyncio.sleep(_STEP)
            if not self.quiet:
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
        session = await self._page.context.new_cdp_session(frame)
        session.on("Audits.issueAdded", self._issue)
        await session.send("Audits.enable")

    async def text(self) -> str:
        """The words that can be seen in the page and in its frames, a line for each; empty if they cannot be had."""
        said = []
        for frame in self._page.frames[:20]:
            with suppress(Error, TimeoutError):
                said.append(str(await asyncio.wait_for(frame.evaluate(_TEXT), _PATIENCE)))
        return "\n".join(filter(None, said))[:_LONGEST_TEXT]

    async def sight(self, hosts: Iterable[str]) -> Sight:
        """What can be filled in and pressed now, in the page and in frames of these hosts."""
        return await fields.sight(self._page, hosts)

    async def screenshot(self) -> bytes:
        """A PNG of what is in view, with secrets covered; empty if there is none to be had."""
        return await covering.screenshot(self._page, self.secrets, _PATIENCE)

    async def _evaluate(self, script: str) -> Any:
        try:
            return await asyncio.wait_for(self._page.evaluate(script), _PATIENCE)
        except (Error, TimeoutError):
            return None  # the page went elsewhere or is too busy; what was gathered stays

    async def close(self) -> None:
        """Close the page, even one that is too busy to answer."""
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self._page.close(), _PATIENCE)


def _reason(error: Exception) -> str:
    """Chromium's own word, as net::ERR_CERT_DATE_INVALID, out of Playwright's sentence."""
    line = str(error).strip().partition("\n")[0]
    return next((word for word in line.split() if word.startswith("net::")), line[:120])

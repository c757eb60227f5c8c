"""What one identity sees in a browser and a stranger does not: by that a page tells whether somebody is signed in."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.errors import Unreachable, WireError
from launchready.evidence import Missing
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire.tab import Tab

QUIET = 0.4
"""Seconds without a request after which a page shows what it has to show."""
_COMES = 3.0
"""Seconds in which a page that scripts write must show who it is for."""
_ENOUGH = 0.34
"""Share of the marks that must be there; counters and news come and go."""


@dataclass(slots=True)
class View:
    """A page as this identity and as a stranger see it.

    Attributes:
        site: the portal.
        start: the page, raw.
        marks: lines that this identity alone sees there.
        own_path: where the page leads this identity.
        strange, strange_path: what a stranger sees there and on the start page, and where the page leads a stranger.
    """

    site: Site
    start: str
    marks: frozenset[str] = frozenset()
    own_path: str = ""
    strange: tuple[frozenset[str], ...] = ()
    strange_path: str = ""

    async def learn(self, stranger: Tab, tab: Tab) -> Missing | None:
        """What this identity sees and a stranger does not; why not, if there is nothing of the kind."""
        await self.load(stranger, self.site.portal.url)
        first = _lines(await stranger.text())
        await self.load(stranger, self.start)
        self.strange, self.strange_path = (first, _lines(await stranger.text())), path_of(stranger)
        if tab.url != self.start:
            await self.load(tab, self.start)
        end = _clock() + _COMES
        while not self.marks and _clock() < end:
            await tab.rest(QUIET, self.site.crawl.timeout)
            shown, self.own_path = _lines(await tab.text()), path_of(tab)
            self.marks = shown.difference(*self.strange)
        if self.marks:
            return None
        return Missing(
            Cause.AMBIGUOUS,
            "the browser shows this identity nothing that it does not show a stranger",
            "give this [[identity]] a `proof`: a page that it alone sees",
        )

    async def is_lost(self, tab: Tab) -> bool:
        """Whether the page shows what a stranger sees, and goes on doing so.

        Raises:
            Unreachable: the portal answered that it is busy.
            WireError: the page shows something else, so nothing can be told.
        """
        end = _clock() + _COMES
        while True:
            lines = _lines(await tab.text())
            if len(lines & self.marks) >= max(1, _ENOUGH * len(self.marks)):
                return False
            if tab.status in (408, 425, 429) or tab.status >= 500:
                raise Unreachable(f"the portal answered {tab.status} to the browser")
            if _clock() > end:
                return self._is_a_strangers(tab, lines)
            await tab.rest(QUIET, self.site.crawl.timeout)

    def _is_a_strangers(self, tab: Tab, lines: frozenset[str]) -> bool:
        """Whether this is what a stranger is shown.

        Raises:
            WireError: it is neither that nor what was there before.
        """
        led_away = path_of(tab) == self.strange_path != self.own_path
        alike = any(len(lines & seen) >= 0.5 * len(lines | seen) for seen in self.strange if seen)
        if not lines & self.marks and (led_away or alike):
            return True
        raise WireError("the browser showed another page than before, and not what a stranger sees either")

    async def load(self, tab: Tab, url: str) -> None:
        """Go to a page and let its scripts work."""
        await tab.load(url, self.site.crawl.timeout)
        await tab.rest(QUIET, self.site.crawl.timeout)


def _lines(text: str) -> frozenset[str]:
    return frozenset(line for each in text.splitlines() if len(line := " ".join(each.split())) > 1)


def path_of(tab: Tab) -> str:
    """Where a tab is, without a slash at the end."""
    return urlsplit(tab.url).path.rstrip("/")


def _clock() -> float:
    return asyncio.get_running_loop().time()

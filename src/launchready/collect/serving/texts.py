"""What was served, as it was served, and to whom: from what the crawl was answered, and asked once more where need be."""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page
from launchready.evidence.redact import subject
from launchready.evidence.secrets import Gap
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.bodies import is_text

LONGEST = 32 << 20
"""Bytes read of one script or map: bundles are larger than pages."""
_ASKED_AGAIN = 200
"""Answers of the crawl that are asked once more because they were not kept."""
STRANGER = "anonymous"
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "text/javascript": ".js",
    "application/javascript": ".js",
}


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One answer, raw: never evidence.

    Attributes:
        url: as asked.
        exchange: its record.
        body: all of it, or what could be read.
        who: as whom it was asked.
    """

    url: str
    exchange: Exchange
    body: bytes
    who: str

    @property
    def where(self) -> str:
        """Its address as findings name it."""
        return subject(self.exchange.url)

    @property
    def name(self) -> str:
        """The name of its file with the ending of what it is, as folders of addresses say nothing of a text."""
        name = urlsplit(self.url).path.rpartition("/")[2] or "index"
        return name if "." in name else name + _ENDINGS.get(self.exchange.media_type, "")


class Reading:
    """Reads what was served.

    Attributes:
        gaps: what could not be read.
    """

    def __init__(self, wire: Wire, site: Site, people: People) -> None:
        self._wire, self._site, self._people = wire, site, people
        self._free = asyncio.Semaphore(site.crawl.concurrency)
        self._again = _ASKED_AGAIN
        self.gaps: list[Gap] = []

    async def crawled(self, crawl: Crawl) -> list[Text]:
        """What the crawl was answered, in the order of its pages; what it was not answered becomes a gap."""
        seen = {page.url for page in crawl.pages}
        for each in crawl.unvisited:
            if each.who == STRANGER or each.url not in seen:
                self.gaps.append(Gap(subject(each.url), each.why))
        read = await self._all(self._page(page) for page in crawl.pages if is_text(page.exchange))
        return [text for text in read if text is not None]

    async def ask(self, url: str, who: str, *, longest: int = LONGEST) -> Text:
        """Ask one address as somebody.

        Raises:
            WireError: there was no answer.
        """
        async with self._free:
            if who == STRANGER:
                answer = await self._people.stranger().fetch("GET", url, max_bytes=longest)
            else:
                answer = await (await self._people.shared(who)).visitor.fetch("GET", url, max_bytes=longest)
                if 300 <= answer.exchange.status < 404:  # perhaps as the session is over
                    answer = await (await self._people.alive(who)).visitor.fetch(
                        "GET", url, max_bytes=longest
                    )
        return Text(url, answer.exchange, answer.body, who)

    async def ask_all(self, wanted: Iterable[tuple[str, str]]) -> list[Text]:
        """Ask addresses as somebody each, (address, who); what is not answered becomes a gap."""
        return [
            text for text in await self._all(self._asked(url, who) for url, who in wanted) if text is not None
        ]

    async def _asked(self, url: str, who: str) -> Text | None:
        try:
            text = await self.ask(url, who)
        except WireError as error:
            self._left(self._wire.redact.url(url), gap(error))
            return None
        if text.exchange.is_not_now:
            self._left(text.exchange.url, _not_now(text.exchange))
            return None
        return self._whole(text)

    async def _page(self, page: Page) -> Text | None:
        """What was answered then; asked again where that was not kept or cut short."""
        url = self._wire.http.address_of(page.url)
        body = self._wire.http.bodies.of(page.exchange)
        if body is not None and not page.exchange.truncated:
            return Text(url, page.exchange, body, page.who)
        if self._again <= 0:
            self._left(page.url, _too_much())
            return None
        self._again -= 1
        return await self._asked(url, page.who)

    def _whole(self, text: Text) -> Text:
        if text.exchange.truncated:
            why = f"only the first {len(text.body):,} bytes could be read"
            self._left(text.exchange.url, Missing(Cause.NOT_COLLECTED, why, "search the rest of it by hand"))
        return text

    def _left(self, shown: str, why: Missing) -> None:
        self.gaps.append(Gap(subject(shown), why))

    @staticmethod
    async def _all(jobs: Iterable[Coroutine[Any, Any, Text | None]]) -> list[Text | None]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(job) for job in jobs]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        return [task.result() for task in tasks]


def _too_much() -> Missing:
    why = "more was served than is kept and asked again"
    return Missing(Cause.NOT_COLLECTED, why, "lower [crawl] limit, or audit fewer hosts at once")


def _not_now(exchange: Exchange) -> Missing:
    why = f"the answer was {exchange.status}: not now"
    return Missing(Cause.UNREACHABLE, why, "run the audit again, with fewer [crawl] requests_per_second")

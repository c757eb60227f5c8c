"""Following redirects, hop by hop, asking as little as possible: what was answered once is not asked again."""

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.collect.html import parse
from launchready.errors import ConnectionRefused, NameNotFound, Refused, TimedOut, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Exchange, Page, Trail
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

MOST_HOPS = 10
"""Requests in one trail."""
_GIVE_UP_AFTER = 2
"""Time-outs of one port that never answered, after which it is not asked again in this run."""
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class _Step:
    """One hop: what was answered, and where it leads, raw."""

    exchange: Exchange
    location: str
    refresh: str = ""


@dataclass(slots=True)
class _Port:
    """What is known of one port of one host."""

    answered: bool = False
    timeouts: int = 0
    trouble: WireError | None = None


class Trails:
    """Follows addresses of one run. Answers that the crawl has got already are used as they are."""

    def __init__(self, wire: Wire, site: Site, pages: tuple[Page, ...] = ()) -> None:
        self._wire = wire
        self._site = site
        self._free = asyncio.Semaphore(site.crawl.concurrency)
        self._ports: dict[tuple[str, str], _Port] = {}
        self._steps: dict[str, _Step] = {}
        for page in pages:
            if page.url.startswith("https://"):
                location = wire.http.leads_to(page.url)
                self._steps[wire.http.address_of(page.url)] = _Step(page.exchange, location)

    async def follow(self, url: str) -> Trail:
        """Ask by GET, and go on for as long as an answer leads on."""
        async with self._free:
            hops: list[Exchange] = []
            locations: list[str] = []
            seen: set[str] = set()
            here = url
            end, why, refresh = "too-long", None, ""
            while len(hops) < MOST_HOPS:
                if here in seen:
                    end = "loop"
                    break
                seen.add(here)
                if hops and not self._may_ask(here):
                    end = "off-scope"
                    break
                step = await self._step(here)
                if isinstance(step, WireError):
                    end, why = _ended(step)
                    break
                hops.append(step.exchange)
                if not step.location:
                    end, refresh = "answer", step.refresh
                    break
                locations.append(self.shown(step.location))
                here = step.location
            shown = self.shown(url)
            return Trail(shown, "GET", tuple(hops), tuple(locations), end, why, refresh)

    async def first_hop(self, method: str, url: str, touch: Touch = Touch.READ) -> Trail:
        """Ask once by another method; where that leads is all there is to know, so it is not followed."""
        async with self._free:
            shown = self.shown(url)
            step = await self._ask(method, url, touch)
            if isinstance(step, WireError):
                end, why = _ended(step)
                return Trail(shown, method, (), (), end, why)
            locations = (self.shown(step.location),) if step.location else ()
            return Trail(shown, method, (step.exchange,), locations, "answer")

    def shown(self, url: str) -> str:
        """The address as evidence, its escapes in one form first, so that equal ones are seen to be equal."""
        return self._wire.redact.url(one_form(url))

    def _may_ask(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            return parts.scheme in ("http", "https") and self._site.in_scope(parts.hostname or "")
        except ValueError:
            return False

    async def _step(self, url: str) -> _Step | WireError:
        known = self._steps.get(url)
        if known is not None:
            return known
        step = await self._ask("GET", url, Touch.READ)
        if isinstance(step, _Step):
            self._steps[url] = step
        return step

    async def _ask(self, method: str, url: str, touch: Touch) -> _Step | WireError:
        parts = urlsplit(url)
        port = self._ports.setdefault((parts.scheme, parts.netloc), _Port())
        if port.trouble is not None:
            return port.trouble
        try:
            answer = await self._wire.http.fetch(method, url, touch=touch)
        except WireError as error:
            port.timeouts += isinstance(error, TimedOut)
            never = not port.answered
            if never and (isinstance(error, ConnectionRefused) or port.timeouts >= _GIVE_UP_AFTER):
                port.trouble = error
            return error
        port.answered = True
        refresh = ""
        if answer.exchange.is_html and not answer.location and parts.scheme == "http":
            document = parse(answer.body, answer.exchange, url, self._wire.redact).document
            refresh = document.refresh if document else ""
        return _Step(answer.exchange, answer.location, refresh)


def one_form(url: str) -> str:
    """The same address with escapes only where they are needed, in upper case, and blanks in the query as +."""
    path, mark, query = _ESCAPE.sub(_escape, url).partition("?")
    return path + mark + query.replace("%20", "+")


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return (
        character
        if character.isascii() and (character.isalnum() or character in "-._~")
        else match[0].upper()
    )


def _ended(error: WireError) -> tuple[str, Missing | None]:
    if isinstance(error, ConnectionRefused):
        return "closed", None
    cause = Cause.NO_CONSENT if isinstance(error, Refused) else Cause.UNREACHABLE
    end = "no-such-name" if isinstance(error, NameNotFound) else "missing"
    return end, Missing(cause, str(error), error.settle_by)

"""What one answer tells, less what the portal shows anyway."""

import asyncio
from collections import Counter
from collections.abc import Iterable

from launchready.collect._gathering import Gathering
from launchready.collect.charset import decoded
from launchready.collect.errors.anew import Anew, Asked
from launchready.detect.inside import betrayals, texts_of
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.error_pages import Told
from launchready.evidence.secrets import Gap, Place, Search
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_TEXT = ("text/", "application/json", "application/xml", "application/xhtml", "application/problem")


class Reader:
    """Reads error answers of one run.

    Attributes:
        own_hosts: names of the portal.
        secrets, public, gaps: what was found in them, strings that are public by design, and what was not read.
        looked: answers read.
        bytes: of their bodies.
    """

    def __init__(
        self, wire: Wire, home: str, own_hosts: Iterable[str], own_paths: Iterable[str], anew: Anew
    ) -> None:
        self._wire, self._anew = wire, anew
        self._home = home
        self.own_hosts = frozenset(own_hosts)
        self._own_paths = frozenset(own_paths)
        self._shown: dict[tuple[str, str], str] = {}
        self.secrets = Gathering(wire.redact, wire.key_providers.remember)
        self.public: Counter[str] = Counter()
        self.gaps: list[Gap] = []
        self.looked = 0
        self.bytes = 0

    async def told(
        self, answer: Answer, place: str, visitor: Visitor, base: str = "", asked: Asked | None = None
    ) -> tuple[Told, ...]:
        """What this answer tells of the inside.

        Args:
            answer: raw.
            place: how evidence names the address.
            visitor: who was given it, to look at `base` with.
            base: raw address that, as the first page does, shows what is shown anyway. Both are asked once a run at
                most, and only where something was told.
            asked: how this answer was asked for; None where this visitor did not.

        Raises:
            StoreError: the run folder cannot be written.
        """
        self.looked += 1
        self.bytes += len(answer.body)
        if not answer.body or not _is_text(answer):
            return ()
        await self._search(answer, place, visitor, asked)
        texts = texts_of(_text(answer), answer.exchange.media_type)
        hosts = {*self.own_hosts, answer.exchange.address}
        found_out = betrayals(texts, own_hosts=hosts, own_paths=self._own_paths)
        for usual in dict.fromkeys((base, self._home)):
            if found_out and usual:
                shown = await self._usual(visitor, usual)
                found_out = tuple(each for each in found_out if each.shown not in shown)
        return tuple(Told(each.kind, each.what) for each in found_out)

    async def _search(self, answer: Answer, place: str, visitor: Visitor, asked: Asked | None) -> None:
        """Take in the secrets of one answer, but for what its reader was given for a while: a session, a form's token."""
        reading = await asyncio.to_thread(self._wire.detector.read, answer.body, place)
        self.public.update(dict(reading.public))
        if reading.cut:
            why = Missing(Cause.NOT_COLLECTED, f"incomplete: {reading.cut}", "look into it by hand")
            self.gaps.append(Gap(place, why))
        for found in reading.found:
            if found.personal or (found.generic and await self._anew.is_made(found, answer, visitor, asked)):
                continue
            self.secrets.add(found, Place("error page", place, found.line, found.view, visitor.name))

    def searched(self) -> Search:
        """What was found in all answers so far."""
        return Search(
            engine=self._wire.detector.engine,
            searched=(("error answers", self.looked), ("bytes", self.bytes)),
            secrets=self.secrets.secrets(),
            public=tuple(sorted(self.public.items())),
            gaps=tuple(self.gaps),
        )

    async def _usual(self, visitor: Visitor, base: str) -> str:
        key = (visitor.name, base)
        if key not in self._shown:
            try:
                answer = await visitor.fetch("GET", base)
            except StoreError:
                raise
            except WireError:
                return ""
            texts = texts_of(_text(answer), answer.exchange.media_type)
            # An ordinary page is not asked to be an error: what went wrong there too is told.
            self._shown[key] = texts.source + texts.lines if answer.exchange.status < 400 else ""
        return self._shown[key]


def _is_text(answer: Answer) -> bool:
    media_type = answer.exchange.media_type
    return not media_type or media_type.startswith(_TEXT) or media_type.endswith(("+json", "+xml"))


def _text(answer: Answer) -> str:
    return decoded(answer.body, next(iter(answer.exchange.values("content-type")), ""))

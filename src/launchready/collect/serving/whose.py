"""Is a secret that was served the portal's, or that of the person it was served to?

A page may hold what belongs to its reader: the token of their own session, a token against forged requests, an API key
that they made themselves. What was deployed is the same for another visitor, or in another session; what is a person's
own is not. So what only one visitor was given is looked at again, and where need be in a second session.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from launchready.collect._gaps import gap
from launchready.collect.addresses import host_of, resolve
from launchready.collect.people import People
from launchready.collect.serving.surfaces import is_script
from launchready.collect.serving.texts import LONGEST, STRANGER, Reading, Text
from launchready.detect import Found
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.verdict import Cause
from launchready.wire.visitor import Visitor

DEPLOYED = "deployed"
SESSION = "token of a visitor's own session"
OWN = "key of a visitor's own account"
LINK = "token in an address of the portal itself"

_LOOKS = 60
"""Further looks in one run."""
_LONGEST_ADDRESS = 1000
_ADDRESS = re.compile(rb"([^\s\"'`<>()\\]*\?(?:[^\s\"'`<>()\\]*[&;])?)[\w\[\].%-]{1,60}=\Z")
"""An address up to the value of one of its parameters."""
_LIBRARY = re.compile(r"[/ ](?:vendors?|node_modules|bower_components|third[-_]?party)/", re.IGNORECASE)
"""A folder of code from elsewhere."""
_SHORTEST = 12
"""Characters; a shorter piece of a session's token says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One find, and in which answer.

    Attributes:
        found: what the detector said.
        text: the answer.
        surface: what kind of thing it stands in.
        source: the source file within a source map, or empty.
    """

    found: Found
    text: Text
    surface: str
    source: str = ""


class Whose:
    """Tells secrets that were deployed from those of visitors."""

    def __init__(
        self,
        reading: Reading,
        people: People,
        sightings: Iterable[Sighting],
        texts: Iterable[Text],
    ) -> None:
        self._reading, self._people = reading, people
        self._identities = {each.name: each for each in people.site.identities}
        self._looks = _LOOKS
        self._again: dict[tuple[str, str], asyncio.Task[bytes | Missing]] = {}
        self._fresh: dict[str, Visitor | Missing] = {}
        self._kept: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for each in sightings:
            self._kept[each.text.url, each.found.kind].add(each.text.who)
        self._given: defaultdict[str, set[str]] = defaultdict(set)
        for text in texts:
            if text.exchange.status < 300:
                self._given[text.url].add(text.who)

    async def of(self, sightings: list[Sighting]) -> str | Missing:
        """DEPLOYED, or whose one value with all its sightings is else; or why that cannot be told."""
        first = sightings[0]
        who = {each.text.who for each in sightings}
        if first.found.value in _Tokens(self._people):
            return SESSION
        if all(self._is_in_own_address(each) for each in sightings):
            return LINK
        if all(_LIBRARY.search(f"{urlsplit(each.text.url).path} {each.source}") for each in sightings):
            why = "it stands in a library that others made, and may be its makers' own"
            return Missing(Cause.AMBIGUOUS, why, "see whether the key is yours; if not, waive it")
        if any(each.source for each in sightings):
            return DEPLOYED
        if len(who) == 1 and (not_deployed := await self._changes(first)):
            return not_deployed
        if STRANGER in who or any(is_script(each.text.exchange) for each in sightings):
            return DEPLOYED
        return self._of_some(sightings, who)

    async def _changes(self, sighting: Sighting) -> str | Missing:
        """SESSION where what one visitor was given is another one the next time, or in another session; else empty."""
        again = await self._look(sighting.text)
        if isinstance(again, Missing):
            return again
        if _raw(sighting) not in again:
            return SESSION
        if sighting.text.who != STRANGER and _may_be_own(sighting.found):
            other = await self._in_another_session(sighting.text)
            if isinstance(other, Missing):
                return other
            if _raw(sighting) not in other:
                return SESSION
        return ""

    def _of_some(self, sightings: list[Sighting], who: set[str]) -> str | Missing:
        """What some who are signed in are given, always the same."""
        found = sightings[0].found
        urls = {each.text.url for each in sightings}
        if any(self._kept[url, found.kind] - who for url in urls):
            return OWN
        others = set[str]().union(*(self._given[url] for url in urls)) - who
        people = [self._identities[each] for each in who]
        clients = {each.tenant for each in people if each.tenant}
        of_one = len(clients) == 1 and len({each.tenant for each in self._identities.values()} - {""}) > 1
        no_shape = _may_be_own(found) and len(clients) <= 1
        if of_one or no_shape or (others and not all(each.admin for each in people)):
            names = ", ".join(sorted(who))
            given = ", though others are given the same address" if others else ""
            why = f"it is given to {names} alone{given}: it may be their own"
            return Missing(Cause.AMBIGUOUS, why, "see whose key it is, and who may read it")
        return DEPLOYED

    def _is_in_own_address(self, sighting: Sighting) -> bool:
        """Whether it is known as a secret by its name in a query alone, and that of an address of the portal."""
        found = sighting.found
        if not found.generic or sighting.source:
            return False
        before = _ADDRESS.search(sighting.text.body[max(0, found.start - _LONGEST_ADDRESS) : found.start])
        if before is None:
            return False
        host = host_of(resolve(sighting.text.url, before[1].decode("utf-8", "replace")))
        return host in self._people.site.hosts

    async def _look(self, text: Text) -> bytes | Missing:
        """The same address, asked as the same visitor once more; once in a run."""
        key = (text.url, text.who)
        if key not in self._again:
            self._looks -= 1
            self._again[key] = asyncio.create_task(self._asked(text))
        return await self._again[key]

    async def _asked(self, text: Text) -> bytes | Missing:
        if self._looks < 0:
            why = "so many answers look as if they held secrets that not all were looked at twice"
            return Missing(Cause.AMBIGUOUS, why, "mend what was found, and run the audit again")
        try:
            again = await self._reading.ask(text.url, text.who)
        except WireError as error:
            return gap(error)
        return _same_kind(text, again.exchange) or again.body

    async def _in_another_session(self, text: Text) -> bytes | Missing:
        if text.who not in self._fresh:
            self._fresh[text.who] = await self._second(text.who)
        visitor = self._fresh[text.who]
        if isinstance(visitor, Missing):
            return visitor
        try:
            other = await visitor.fetch("GET", text.url, max_bytes=LONGEST)
        except WireError as error:
            return gap(error)
        return _same_kind(text, other.exchange) or other.body

    async def _second(self, who: str) -> Visitor | Missing:
        """A second session of the same person; one that was pasted is the only one."""
        try:
            if (await self._people.shared(who)).way is None:
                settle = f"give {who} a user name and password in the portal file"
                return Missing(Cause.NOT_AUTHORISED, "no second session to compare with", settle)
            return (await self._people.fresh(who)).visitor
        except WireError as error:
            return gap(error, "no second session to compare with")


class _Tokens:
    """What sessions of this run are known by."""

    def __init__(self, people: People) -> None:
        self._people = people

    def __contains__(self, value: str) -> bool:
        return len(value) >= _SHORTEST and any(
            value in held or unquote(held) == value for held in self._held()
        )

    def _held(self) -> Iterable[str]:
        for session in self._people.opened:
            yield from filter(None, (session.access_token, session.refresh_token))
            yield from (cookie.value for cookie in session.visitor.cookies)
            yield from (held for _, held in session.visitor.headers)
            for stored in session.visitor.local_storage.values():
                yield from stored.values()


def _may_be_own(found: Found) -> bool:
    """Whether a person may have been given it for themselves: it has no provider's own shape."""
    return found.personal or found.generic


def _same_kind(text: Text, again: Exchange) -> Missing | None:
    """Why a second answer says nothing of the first, where it does not: a limiter, say, or a refusal."""
    if again.status == text.exchange.status and not again.truncated:
        return None
    why = f"the second look was answered {again.status}, the first {text.exchange.status}"
    return Missing(Cause.AMBIGUOUS, why, "run the audit again, with fewer [crawl] requests_per_second")


def _raw(sighting: Sighting) -> bytes:
    """The secret as it stands in the answer."""
    return sighting.text.body[sighting.found.start : sighting.found.end]

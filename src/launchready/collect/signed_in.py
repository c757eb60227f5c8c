"""The walk of one identity: what it sees beyond strangers, without changing anything and without losing its session.

Addresses are asked in groups, and what a group was answered counts only once the session is proved to hold behind it;
else the session is renewed and the group is asked again in smaller ones, until it is known which address ended the
session, if one did. So nothing stands in the evidence as seen by an identity that was not signed in then, also where
a portal answers those who are signed out with 200.
"""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.crawler import Visit, read
from launchready.collect.frontier import Banned, Known, SignedInFrontier, Wanted, without_defaults
from launchready.collect.html import Parsed
from launchready.collect.links import Links, read_links
from launchready.collect.named import composed
from launchready.collect.people import People, SignedIn
from launchready.errors import SignInFailed, StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Page, Unvisited
from launchready.evidence.sessions import SessionStart
from launchready.evidence.set_cookie import parse_set_cookie
from launchready.wire.http import Answer

GROUP = 25
"""Addresses asked between two proofs of the session."""
PARTS = 5
"""Groups into which one is taken apart behind which the session was lost."""
MOST_RENEWALS = 5
"""How often a session is renewed in one walk. Three are enough to find the one address that ends it."""
_MOST_FORMS = 1000
_ASSET = re.compile(
    r"\.(?:css|m?js|map|json|webmanifest|wasm|ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg)$",
    re.IGNORECASE,
)
_MOST_SUSPECTS = 3
"""Answers of one group that take the session's cookie away; of more, it is the session that was over."""


@dataclass(slots=True)
class Walked:
    """What came of one walk. `left_out` holds hashes of addresses, and why they were not asked."""

    pages: list[Page] = field(default_factory=list)
    unvisited: list[Unvisited] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    third_parties: set[str] = field(default_factory=set)
    post_forms: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One answer: what is kept of it, where it leads, and whether it takes the session's cookie away."""

    visit: Visit
    links: Links
    takes_away: bool = False


class SignedInWalk:
    """One walk as one identity."""

    def __init__(self, people: People, start: SessionStart, known: Known, banned: Banned) -> None:
        self._wire = people.wire
        self._site = site = people.site
        self._people = people
        self._start = start
        self._who = start.identity
        self._known = known
        self._banned = banned
        self._frontier = SignedInFrontier(site, known)
        self._free = asyncio.Semaphore(site.crawl.concurrency)
        self._group = GROUP
        self._renewals = 0
        self._named: dict[str, None] = {}
        self._assets: dict[str, int] = {}
        self._begun = self._lost = False
        self._walked = Walked(left_out=self._frontier.left_out)

    async def walk(self) -> Walked:
        """Go on until nothing is left, a limit is reached, or the session cannot be kept; may be called again."""
        if not self._begun:
            self._begun = True
            self._seed()
        queue = self._frontier.queue
        group: list[Wanted] = []
        try:
            session = await self._people.shared(self._who)
            while queue or self._guess():
                group = [queue.popleft() for _ in range(min(self._group, len(queue)))]
                session = await self._ask(session, group)
        except WireError as error:
            self._lost = True
            self._leave_rest((*group, *queue), gap(error))
            queue.clear()
        return self._walked

    def claim(self, claimed: set[str]) -> bool:
        """Take up the assets that its pages load and nobody has claimed so far; whether there are any.

        Scripts, styles and pictures are the same for all, so one who is signed in asks for each.
        """
        found, self._assets = self._assets, {}
        if self._lost:
            return False
        for url, depth in found.items():
            if url not in claimed:
                claimed.add(url)
                self._frontier.offer((url,), "load", depth)
        return bool(self._frontier.queue)

    def _seed(self) -> None:
        """Begin where people land, then ask all at which strangers were refused."""
        frontier, start, known = self._frontier, self._start, self._known
        if self._site.portal.url.startswith("https://"):
            frontier.start(without_defaults(self._site.portal.url), "start")
        ends = [exchange.url for exchange in start.trail[-1:] if exchange.method == "GET"]
        for shown in (start.proof.url, *ends):
            frontier.offer((self._wire.http.address_of(shown),), "start", 0)
        frontier.sends(known.sent_to)
        frontier.sends(url for url in known.scripted if url not in known.named)
        self._named.update(dict.fromkeys(known.named))
        for url in (*known.refused, *sorted(known.given)):
            frontier.offer((url,), known.sources[url], 1)
        frontier.offer(known.named, "script", 1)

    def _guess(self) -> bool:
        """Ask where parts of addresses lead that stand apart in scripts; whether there are any not yet asked."""
        sent_to = frozenset(self._known.scripted)
        self._frontier.offer(composed(url for url in self._named if url not in sent_to), "guess", 1)
        return bool(self._frontier.queue)

    async def _ask(self, session: SignedIn, group: list[Wanted], *, strikes: int = 0) -> SignedIn:
        """Ask these addresses, and see to it that they were answered to somebody who was signed in.

        Raises:
            WireError: the session cannot be renewed, or not any more, or nobody answers.
        """
        group = [wanted for wanted in group if not self._banned.covers(wanted)]
        if not group:
            return session
        found = await self._gather(session, group)
        if await session.is_proved():
            for wanted, seen in zip(group, found, strict=True):
                self._note(wanted, seen)
            return session
        if len(group) == 1 and strikes:
            self._banned.add(group[0])
            return await self._renewed()
        session = await self._renewed()
        suspects = [wanted for wanted, seen in zip(group, found, strict=True) if seen.takes_away]
        if len(suspects) > _MOST_SUSPECTS:
            suspects = []
        for wanted in suspects:
            session = await self._ask(session, [wanted], strikes=1)
        rest = [wanted for wanted in group if wanted not in suspects]
        if len(rest) == 1:
            return await self._ask(session, rest, strikes=1)
        size = max(1, len(rest) // PARTS)
        self._group = min(self._group, max(size * 2, 1))
        for at in range(0, len(rest), size):
            session = await self._ask(session, rest[at : at + size])
        return session

    async def _renewed(self) -> SignedIn:
        """Sign in again.

        Raises:
            SignInFailed: it failed, or was done too often already.
        """
        self._renewals += 1
        if self._renewals > MOST_RENEWALS:
            raise SignInFailed(
                f"the session of {self._who} ended {self._renewals} times while pages were looked at",
                "find out what ends it (its life time, a limit, or a link that signs out), and run the audit again",
            )
        return await self._people.alive(self._who)

    async def _gather(self, session: SignedIn, group: list[Wanted]) -> list[_Seen]:
        try:
            async with asyncio.TaskGroup() as tasks:
                running = [tasks.create_task(self._visit(session, wanted)) for wanted in group]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        return [task.result() for task in running]

    async def _visit(self, session: SignedIn, wanted: Wanted) -> _Seen:
        async with self._free:
            try:
                answer = await session.visitor.fetch("GET", wanted.url)
            except WireError as error:
                shown = self._wire.redact.url(wanted.url)
                return _Seen(Visit(Unvisited(shown, gap(error), self._who), Parsed(None)), Links())
        links = read_links(answer.body, answer.exchange, wanted.url)
        return _Seen(read(self._wire, wanted, answer, self._who), links, self._takes_away(answer))

    def _takes_away(self, answer: Answer) -> bool:
        """Whether the answer makes browsers forget a cookie that carries the session."""
        carriers = {carrier.removeprefix("cookie ") for carrier in self._start.carriers}
        now = self._wire.now()
        for name, line in answer.headers:
            cookie = parse_set_cookie(line) if name.lower() == "set-cookie" else None
            if cookie is not None and cookie.name in carriers and (not cookie.value or cookie.deletes(now)):
                return True
        return False

    def _note(self, wanted: Wanted, seen: _Seen) -> None:
        """Keep what was seen and take up where it leads."""
        outcome, walked, frontier = seen.visit.outcome, self._walked, self._frontier
        if isinstance(outcome, Unvisited):
            walked.unvisited.append(outcome)
            return
        if wanted.source == "guess" and outcome.exchange.status >= 400:
            return
        walked.pages.append(outcome)
        before = frontier.taken
        self._go_on(seen, wanted.depth + 1)
        if frontier.taken > before:
            frontier.release(wanted.shape)
        elsewhere = (url for url in seen.visit.parsed.loads if not frontier.ours(url))
        walked.third_parties.update((urlsplit(url).hostname or "").rstrip(".") for url in elsewhere)
        if len(walked.post_forms) < _MOST_FORMS:
            ours = filter(frontier.ours, seen.visit.parsed.post_forms)
            walked.post_forms.update(map(self._wire.http.remember, ours))

    def _go_on(self, seen: _Seen, depth: int) -> None:
        """Offer all addresses that an answer names, those first of which it is known what they are."""
        frontier, links, parsed = self._frontier, seen.links, seen.visit.parsed
        frontier.sends(links.sent_to)
        frontier.sends(url for url in links.scripted if url not in links.named)
        frontier.offer(links.follow, "link", depth)
        frontier.offer((url for url in parsed.links if url not in links.anchors), "link", depth)
        if seen.visit.answer_led_to.startswith("https://"):
            frontier.offer((seen.visit.answer_led_to,), "link", depth)
        frontier.offer(links.searches, "form", depth)
        frontier.offer(links.named, "script", depth)
        frontier.offer(links.guesses, "guess", depth)
        for url in parsed.loads:
            if frontier.ours(url) and _ASSET.search(urlsplit(url).path):
                self._assets.setdefault(without_defaults(url), depth)
            else:
                frontier.offer((url,), "load", depth)
        self._named.update(links.named)
        for url, reason in links.left_out.items():
            if frontier.ours(url):
                frontier.leave(without_defaults(url), reason)

    def _leave_rest(self, rest: tuple[Wanted, ...], reason: Missing) -> None:
        noted = {page.url for page in self._walked.pages} | {each.url for each in self._walked.unvisited}
        for wanted in rest:
            shown = self._wire.redact.url(wanted.url)
            if shown not in noted and not self._banned.covers(wanted):
                self._walked.unvisited.append(Unvisited(shown, reason, self._who))

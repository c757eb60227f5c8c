"""The walk of one identity: what it sees beyond strangers, without changing anything and without losing its session.

Addresses are asked in groups, and what a group was answered counts only once the session is proved to hold behind it;
else the session is renewed and the group is asked again in smaller ones, until it is known which address ended the
session, if one did. Where answers lead is followed before: a page for strangers leads nowhere new. So nothing stands in
the evidence as seen by an identity that was not signed in then, also where a portal answers those who are signed out
with 200.
"""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launchready.collect._following import Following, Seen, is_nothing
from launchready.collect._gaps import gap
from launchready.collect.crawler import Visit, read
from launchready.collect.frontier import Banned, Known, Wanted
from launchready.collect.html import Parsed
from launchready.collect.links import Links, read_links
from launchready.collect.people import People, SignedIn
from launchready.collect.public import shows
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
_MOST_SUSPECTS = 3
"""Answers of one group that take the session's cookie away; of more, it is the session that was over."""


@dataclass(slots=True)
class Walked:
    """What came of one walk.

    Attributes:
        left_out: hashes of addresses, and why they were not asked.
        not_for_all: public addresses that showed more than strangers get, or something else.
    """

    pages: list[Page] = field(default_factory=list)
    unvisited: list[Unvisited] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    third_parties: set[str] = field(default_factory=set)
    post_forms: set[str] = field(default_factory=set)
    not_for_all: set[str] = field(default_factory=set)


class SignedInWalk:
    """One walk as one identity."""

    def __init__(
        self,
        people: People,
        start: SessionStart,
        known: Known,
        banned: Banned,
        left_to_others: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare.

        Args:
            people: of this run.
            start: whose walk it is.
            known: what strangers saw.
            banned: shared by all walks.
            left_to_others: public addresses that another walk asks.
        """
        self._wire = people.wire
        self._site = site = people.site
        self._people = people
        self._start = start
        self._who = start.identity
        self._banned = banned
        self._known = known
        self._following = Following(people.wire.http, site, known, left_to_others)
        self._frontier = self._following.frontier
        self._free = asyncio.Semaphore(site.crawl.concurrency)
        self._group = GROUP
        self._renewals = 0
        self._begun = self._lost = False
        self._walked = Walked(left_out=self._frontier.left_out, not_for_all=self._following.not_for_all)

    async def walk(self) -> Walked:
        """Go on until nothing is left, a limit is reached, or the session cannot be kept; may be called again."""
        if not self._begun:
            self._begun = True
            self._following.seed(self._start)
        queue = self._frontier.queue
        group: list[Wanted] = []
        found: list[Seen] = []
        try:
            session = await self._people.shared(self._who)
            while queue or self._following.guess():
                further = [queue.popleft() for _ in range(min(self._group - len(group), len(queue)))]
                further = [wanted for wanted in further if not self._banned.covers(wanted)]
                group += further
                found += await self._gather(session, further)
                if len(group) < self._group and (queue or self._following.guess()):
                    continue
                session = await self._settle(session, group, found)
                group, found = [], []
        except WireError as error:
            self._lost = True
            self._leave_rest((*group, *queue), gap(error))
            queue.clear()
        return self._walked

    def claim(self, claimed: set[str], not_for_all: set[str]) -> bool:
        """As `Following.claim`; nothing for one whose session could not be kept."""
        return not self._lost and self._following.claim(claimed, not_for_all)

    async def _ask(self, session: SignedIn, group: list[Wanted], *, strikes: int = 0) -> SignedIn:
        """Ask these addresses, and see to it that they were answered to somebody who was signed in.

        Raises:
            WireError: the session cannot be renewed, or not any more, or nobody answers.
        """
        group = [wanted for wanted in group if not self._banned.covers(wanted)]
        if not group:
            return session
        return await self._settle(session, group, await self._gather(session, group), strikes=strikes)

    async def _settle(
        self, session: SignedIn, group: list[Wanted], found: list[Seen], *, strikes: int = 0
    ) -> SignedIn:
        """Keep what this group was answered, or ask it again where the session was lost.

        Raises:
            WireError: as `_ask`.
        """
        if not group:
            return session
        if await session.is_proved():
            for wanted, seen in zip(group, found, strict=True):
                self._keep(wanted, seen)
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

    async def _gather(self, session: SignedIn, group: list[Wanted]) -> list[Seen]:
        try:
            async with asyncio.TaskGroup() as tasks:
                running = [tasks.create_task(self._visit(session, wanted)) for wanted in group]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        found = [task.result() for task in running]
        for wanted, seen in zip(group, found, strict=True):
            self._following.follow(wanted, seen)
        return found

    async def _visit(self, session: SignedIn, wanted: Wanted) -> Seen:
        async with self._free:
            try:
                answer = await session.visitor.fetch("GET", wanted.url)
            except WireError as error:
                shown = self._wire.redact.url(wanted.url)
                return Seen(Visit(Unvisited(shown, gap(error), self._who), Parsed(None)), Links())
        links = read_links(answer.body, answer.exchange, wanted.url)
        own = self._known.public.get(wanted.url)
        as_strangers = own is not None and shows(answer, own)
        visit = read(self._wire, wanted, answer, self._who)
        return Seen(visit, links, self._takes_away(answer), as_strangers)

    def _takes_away(self, answer: Answer) -> bool:
        """Whether the answer makes browsers forget a cookie that carries the session."""
        carriers = {carrier.removeprefix("cookie ") for carrier in self._start.carriers}
        now = self._wire.now()
        for name, line in answer.headers:
            cookie = parse_set_cookie(line) if name.lower() == "set-cookie" else None
            if cookie is not None and cookie.name in carriers and (not cookie.value or cookie.deletes(now)):
                return True
        return False

    def _keep(self, wanted: Wanted, seen: Seen) -> None:
        """Note what was seen by somebody who was signed in."""
        outcome, walked, ours = seen.visit.outcome, self._walked, self._frontier.ours
        if isinstance(outcome, Unvisited):
            walked.unvisited.append(outcome)
            return
        if is_nothing(wanted, outcome):
            return
        walked.pages.append(outcome)
        elsewhere = (url for url in seen.visit.parsed.loads if not ours(url))
        walked.third_parties.update((urlsplit(url).hostname or "").rstrip(".") for url in elsewhere)
        if len(walked.post_forms) < _MOST_FORMS:
            forms = filter(ours, seen.visit.parsed.post_forms)
            walked.post_forms.update(map(self._wire.http.remember, forms))

    def _leave_rest(self, rest: tuple[Wanted, ...], reason: Missing) -> None:
        noted = {page.url for page in self._walked.pages} | {each.url for each in self._walked.unvisited}
        for wanted in rest:
            shown = self._wire.redact.url(wanted.url)
            if shown not in noted and not self._banned.covers(wanted):
                self._walked.unvisited.append(Unvisited(shown, reason, self._who))

"""Uses each identity's session as people do, and sees whether the portal goes on knowing them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.people import People, SignedIn
from launchready.collect.people.browser_trials import in_browser
from launchready.errors import Refused, Unreachable, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.sessions import Sessions, SessionStart
from launchready.evidence.stability import SessionTrial, Stability, StablePerson
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.http import Answer

_REFRESHES = 6
_FEW = 3
"""Refreshes of those whose session is not the one that is tried in every way."""
_FURTHER = 10
"""Refreshes after one was lost, to tell an accident from a habit."""
_AT_ONCE = 8
_PAUSE = 0.5
_REFRESH = (("Cache-Control", "max-age=0"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"))
_NEW_TAB = (("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-User", "?1"))


@disturbing(1)
async def stability(wire: Wire, site: Site, people: People, sessions: Sessions) -> Stability:
    """Try every session that there is; at a time when nobody else uses it, so that what happens to it is our doing."""
    thorough = _chosen(sessions.signed_in)
    found = []
    for each in sessions.people:
        if not isinstance(each, SessionStart):
            found.append(StablePerson(each.identity, why=each.why))
            continue
        try:
            session = await people.alive(each.identity)
            chosen = each.identity == thorough
            trials = await _Plain(wire, site, session).all(thorough=chosen)
            if chosen and all(trial.held for trial in trials):
                trials += await in_browser(wire, site, people, session)
        except WireError as error:
            found.append(StablePerson(each.identity, wire.http.remember(each.proof.url), why=gap(error)))
            continue
        found.append(StablePerson(each.identity, wire.http.remember(session.mark.url), tuple(trials)))
    return Stability(tuple(found))


def _chosen(signed_in: Iterable[SessionStart]) -> str:
    """Whose session is used in every way: one is enough, as all are kept the same way; best one without a code."""
    ranked = sorted(signed_in, key=lambda each: (bool(each.second_factor), each.admin))
    return ranked[0].identity if ranked else ""


@dataclass(slots=True)
class _Count:
    """Answers to the question whether the portal still knows somebody."""

    answers: list[Exchange] = field(default_factory=list)
    lost: int = 0
    asked: int = 0
    why: Missing | None = None


@dataclass(slots=True)
class _Plain:
    """One session, tried by plain requests that look like a browser's."""

    wire: Wire
    site: Site
    session: SignedIn

    async def all(self, *, thorough: bool) -> list[SessionTrial]:
        """All trials, or refreshes alone, until the session is lost for good."""
        trials = [await self.refreshes(_REFRESHES if thorough else _FEW)]
        for trial in (self.new_page, self.second_tab, self.parallel) if thorough else ():
            if not trials[-1].held:
                break
            trials.append(await trial())
        return trials

    async def refreshes(self, most: int) -> SessionTrial:
        """The same page, again and again."""
        count = _Count()
        for _ in range(most):
            await self.ask(count, _REFRESH)
            if count.lost and not await self.holds():
                return self.trial("refresh", count, held=False)
        if count.lost == 1:
            for _ in range(_FURTHER):
                await self.ask(count, _REFRESH)
        return self.trial("refresh", count, held=not count.lost or await self.holds())

    async def new_page(self) -> SessionTrial:
        """Another page of the portal, then back to the first."""
        count = _Count()
        others = dict.fromkeys((self.site.portal.url, self.landing))
        for url in [each for each in others if each != self.session.mark.url] or others:
            await self.visit(count, url)
            await self.ask(count, _REFRESH)
            if count.lost:  # once more, to tell an accident from a habit
                await self.visit(count, url)
                await self.ask(count, _REFRESH)
        return self.trial("new page", count, held=not count.lost or await self.holds())

    async def second_tab(self) -> SessionTrial:
        """Addresses typed into a new tab, with no page that leads there, in turn with the first tab."""
        count = _Count()
        for _ in range(2):
            await self.visit(count, self.site.portal.url, _NEW_TAB)
            for headers in (_NEW_TAB, _REFRESH, _NEW_TAB):
                await self.ask(count, headers)
            if not count.lost:
                break
        return self.trial("second tab", count, held=not count.lost or await self.holds())

    async def parallel(self) -> SessionTrial:
        """Many requests at once, as one page with its scripts makes them."""
        count = _Count()
        for _ in range(2):
            lost = count.lost
            others = (self.site.portal.url, self.landing)
            asks = [
                self.ask(count, _REFRESH) if place % 2 else self.visit(count, others[place // 2 % 2])
                for place in range(_AT_ONCE)
            ]
            await asyncio.gather(*asks)
            now = count.lost - lost
            if not now:
                break
            if not await self.holds():
                return self.trial("parallel", count, held=False)
        return self.trial("parallel", count, held=True)

    @property
    def landing(self) -> str:
        """Where the sign-in ended; the address of the proof where that was no page."""
        last = self.session.record.trail[-1:]
        pages = [
            self.wire.http.address_of(each.url) for each in last if each.is_html and each.method == "GET"
        ]
        return pages[0] if pages else self.session.mark.url

    async def visit(self, count: _Count, url: str, headers: tuple[tuple[str, str], ...] = _REFRESH) -> None:
        """Look at another page; what it answers is not judged here, but there has to be an answer."""
        try:
            await self.session.visitor.follow("GET", url, headers=headers)
        except Refused:
            raise
        except WireError as error:
            count.why = gap(error)

    async def ask(self, count: _Count, headers: tuple[tuple[str, str], ...]) -> None:
        """Ask for the proof once; twice where the answer says that the portal is busy."""
        for again in (True, False):
            answer = await self.fetched(headers)
            if isinstance(answer, Missing):
                why: Missing | None = answer
            elif answer.exchange.is_not_now or answer.exchange.status >= 500:
                why = Missing(
                    Cause.UNREACHABLE,
                    f"the portal answered {answer.exchange.status} where it had shown its page before",
                    "run the audit again when the portal is not busy",
                )
            else:
                count.asked += 1
                count.answers.append(answer.exchange)
                count.lost += not self.session.proves(answer)
                return
            if again:
                await asyncio.sleep(_PAUSE)
        count.why = why

    async def fetched(self, headers: tuple[tuple[str, str], ...]) -> Answer | Missing:
        """The answer where the proof stands, or why there was none."""
        try:
            return await self.session.visitor.fetch("GET", self.session.mark.url, headers=headers)
        except Refused:
            raise
        except WireError as error:
            return gap(error)

    async def holds(self) -> bool:
        """Whether the session still holds: asked twice, as one answer may be an accident.

        Raises:
            Unreachable: there was no answer that would tell.
        """
        count = _Count()
        await self.ask(count, _REFRESH)
        if count.lost or not count.asked:
            await self.ask(count, _REFRESH)
        if not count.asked:
            raise Unreachable(
                "the portal did not answer any more, so whether the session had ended was not seen"
            )
        return count.asked > count.lost

    def trial(self, kind: str, count: _Count, *, held: bool) -> SessionTrial:
        """What came of it."""
        return SessionTrial(kind, "plain", count.asked, count.lost, held, tuple(count.answers), count.why)

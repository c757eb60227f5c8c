"""What the codes of administrators may do: whether one works twice, and how often one may guess. For test identities only.

These drills come late: afterwards the portal may refuse codes of the account for a while. Guessing passwords comes later
still, as it may keep everybody from signing in.
"""

import secrets
import time

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.people import Attempted, People, SignedIn
from launchready.collect.people.halfway import asked_for_code, give_password
from launchready.collect.people.pages import Page, code_fields
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.second_factor import CodeDrill, CodeDrills, CodeGuesses, CodeReuse, SecondFactors
from launchready.evidence.sessions import Sessions
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.visitor import Visitor

MOST_WRONG_CODES = 8
_STEP = 30
"""Seconds of an authenticator's code."""


@disturbing(2)
async def code_drills(people: People, sessions: Sessions, factors: SecondFactors) -> CodeDrills:
    """Send a code twice, then wrong ones, as test identities only; afterwards codes may be refused for a while."""
    del factors  # what the password alone reaches is looked at first
    drills = []
    for start in asked_for_code(sessions):
        if not start.test:
            why = Missing(
                Cause.NO_CONSENT,
                "codes are tried with test identities only, and this one is none",
                "give an administrator that exists for tests only, with test = true",
            )
            drills.append(CodeDrill(start.identity, why, why))
            continue
        try:
            session = await people.shared(start.identity)
            drill = _Codes(people, session)
            drills.append(CodeDrill(start.identity, await drill.reuse(), await drill.guesses()))
        except WireError as error:
            why = gap(error, "whether a code works twice and how often one may guess was not tried")
            drills.append(CodeDrill(start.identity, why, why))
    return CodeDrills(tuple(drills))


class _Codes:
    """The drills of one administrator's codes."""

    def __init__(self, people: People, session: SignedIn) -> None:
        self._people, self._session = people, session
        self._sent: set[str] = set()
        self._early_ones_taken = False

    async def _code(self, *, ahead: bool = False) -> str:
        code = await self._people.code(self._session.identity.name, ahead=ahead)
        self._sent.add(code)
        return code

    async def _give(self, visitor: Visitor, page: Page, code: str) -> Attempted:
        return await self._people.second_step(self._session, visitor, code, asked=page, touch=Touch.PROBE)

    async def reuse(self) -> CodeReuse | Missing:
        """The code that let one login in is sent in another, begun afterwards."""
        try:
            for ahead in (
                True,
                False,
            ):  # a portal that takes no code before its time is given one in its time
                one, first = await give_password(self._people, self._session, Touch.PROBE)
                assert first.page is not None
                code = await self._code(ahead=ahead)
                began = int(time.time()) // _STEP
                given = await self._give(one, first.page, code)
                if not given.accepted or not await self._session.is_proved(one):
                    continue
                early = self._people.code_was_early(self._session.identity.name)
                self._early_ones_taken = self._early_ones_taken or early
                other, second = await give_password(self._people, self._session, Touch.PROBE)
                assert second.page is not None
                again = await self._give(other, second.page, code)
                accepted = again.accepted and await self._session.is_proved(other)
                if accepted or int(time.time()) // _STEP == began:
                    return CodeReuse(accepted, again.answers[0].exchange)
        except WireError as error:
            return gap(error, "whether a code works twice was not tried")
        return Missing(
            Cause.AMBIGUOUS,
            "fresh codes were refused, or ran out before they were sent again, so nothing can be told about used ones",
            "run the audit again in some minutes",
        )

    async def guesses(self) -> CodeGuesses | Missing:
        """Wrong codes until a limit shows, at most a few; then the right one, for a limit that does not show."""
        try:
            visitor, asked = await give_password(self._people, self._session, Touch.PROBE)
            page = asked.page
            assert page is not None
            last: Exchange = page.answer.exchange
            for sent in range(1, MOST_WRONG_CODES + 1):
                given = await self._give(visitor, page, self._wrong(page))
                last = given.answers[0].exchange
                if given.accepted and await self._session.is_proved(visitor) and await self._is_taken():
                    return CodeGuesses(sent, "", 0, wrong=True, exchange=last)
                if limit := _limit(given, page):
                    return CodeGuesses(sent, limit, sent, wrong=False, exchange=last)
                if given.page is not None and given.page.code is not None:
                    page = given.page
            right = await self._code(ahead=self._early_ones_taken)
            given = await self._give(visitor, page, right)
            let_in = given.accepted and await self._session.is_proved(visitor)
        except WireError as error:
            return gap(error, "how often one may guess a code was not tried")
        limit, after = ("", 0) if let_in else ("silent", MOST_WRONG_CODES)
        return CodeGuesses(MOST_WRONG_CODES, limit, after, wrong=False, exchange=last)

    def _wrong(self, page: Page) -> str:
        """A code made up, of the length that the page asks for."""
        fields = code_fields(page.code) if page.code is not None else ()
        digits = (
            len(fields) if len(fields) > 1 else fields[0].most if fields and 4 <= fields[0].most <= 8 else 6
        )
        while (code := f"{secrets.randbelow(10**digits):0{digits}}") in self._sent:
            continue
        self._sent.add(code)
        return code

    async def _is_taken(self) -> bool:
        """Whether another made-up code lets in too: one may be right by chance, two never are."""
        visitor, asked = await give_password(self._people, self._session, Touch.PROBE)
        assert asked.page is not None
        given = await self._give(visitor, asked.page, self._wrong(asked.page))
        return given.accepted and await self._session.is_proved(visitor)


def _limit(given: Attempted, asked: Page) -> str:
    """By what an answer to a wrong code shows that there is an end to guessing."""
    if given.reason in ("limited", "locked", "captcha"):
        return "refused"
    end = given.page
    if asked.code is not None and end is not None and end.code is None:
        return "ended" if end.login is not None or end.identifier is not None else ""
    return ""

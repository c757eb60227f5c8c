"""Sign out as a browser would, then send once more what the session was carried by."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.forging.json_web_token import JsonWebToken
from launchready.collect.people import People, SignedIn
from launchready.collect.people.json_login import says_no
from launchready.collect.people.pages import Page
from launchready.collect.people.refreshing import Exchange as Refreshing
from launchready.collect.people.refreshing import exchanges, find_exchange, refresh_cookies
from launchready.collect.people.sign_out import Control, confirmation
from launchready.collect.people.ways_out import BASIC, PASTED, WaysOut
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.sessions import NoSession, Sessions, SessionStart
from launchready.evidence.signout import Replay, SignOut, SignOuts
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_MOST_PEOPLE = 2
_MOST_TRIED = 5


@disturbing(1)
async def sign_outs(wire: Wire, site: Site, people: People, sessions: Sessions) -> SignOuts:
    """Sign a fresh session out, once for each way in which identities sign in and for what carries their sessions.

    It waits until others are done, as signing out ends all sessions of the person at some portals.
    """
    del wire, site
    unlooked = [(each.identity, each.why) for each in sessions.people if isinstance(each, NoSession)]
    tried: list[SignOut] = []
    basic = tuple(start.identity for start in sessions.signed_in if start.way == BASIC)
    for start in _chosen(start for start in sessions.signed_in if start.way != BASIC):
        if start.way in PASTED:
            why = f"its session was given as a {start.way}, and signing out would end it for good"
            settle = "give this [[identity]] a password as well, so that a further session can be signed out"
            unlooked.append((start.identity, Missing(Cause.NOT_COLLECTED, why, settle)))
            continue
        try:
            session = await people.fresh(start.identity)
            out = await _SigningOut(people, session).done()
            tried.append(out)
            if out.others_ended is not False:  # else the shared session was just seen to live
                await people.alive(start.identity)
        except StoreError:
            raise
        except WireError as error:
            unlooked.append((start.identity, gap(error)))
    if any(each.replays for each in tried):
        pasted = {start.identity for start in sessions.signed_in if start.way in PASTED}
        unlooked = [each for each in unlooked if each[0] not in pasted]
    return SignOuts(tuple(tried), tuple(unlooked), basic)


def _chosen(starts: Iterable[SessionStart]) -> Iterator[SessionStart]:
    """One identity for each way of signing in and kind of carrier; those first whose login is cheap to repeat."""
    seen: set[tuple[str, ...]] = set()
    for start in sorted(
        starts, key=lambda each: (each.way in PASTED, bool(each.second_factor), not each.test, each.admin)
    ):
        kind = (start.way, *start.carriers)
        if kind not in seen and len(seen) < _MOST_PEOPLE:
            seen.add(kind)
            yield start


@dataclass(slots=True)
class _SigningOut:
    """One session on its way out."""

    people: People
    session: SignedIn
    ways: WaysOut = field(init=False)
    refreshing: Refreshing | None = None
    refresh_token: str = ""
    refresh: str = ""

    def __post_init__(self) -> None:
        self.ways = WaysOut(self.people, self.session)

    async def done(self) -> SignOut:
        """Find the control, use it, and send again what was worth a session before."""
        identity, way = self.session.identity.name, self.session.record.way
        answer = await self.session.visitor.fetch("GET", self.session.mark.url)
        if not self.session.proves(answer):
            why = Missing(
                Cause.AMBIGUOUS, "the fresh session was not signed in any more", "run the audit again"
            )
            return SignOut(identity, way, unclear=why)
        self.ways.shown = Page(self.session.mark.url, answer)
        await self._learn_refreshing()
        live = self.session.visitor
        tried: list[SignOut] = []
        async for control in self.ways.all():
            old = live.copy()
            out = await self._use(control, live, old)
            if out.browser_out or (out.says_out and out.replays and not out.replays[0].accepted):
                return await self._with_others(out)
            tried.append(out)
            if len(tried) >= _MOST_TRIED:
                break
        said = [out for out in tried if out.says_out and out.replays]
        if said:
            return await self._with_others(said[0])
        where = ", ".join(list(self.ways.looked)[:6])
        taken = [out for out in tried if out.trail and out.trail[0].status < 400]
        found = "a control to sign out was used, and nothing changed"
        what = found if taken else "no control to sign out was found"
        why = Missing(
            Cause.AMBIGUOUS, f"{what}; looked at {where}", 'say where one signs out: logout = "/…" in [login]'
        )
        url = taken[0].url if taken else ""
        return SignOut(
            identity, way, url=url, looked=tuple(self.ways.looked), refresh=self.refresh, unclear=why
        )

    async def _learn_refreshing(self) -> None:
        """How this portal exchanges refresh tokens, tried while the session still stands."""
        session, visitor = self.session, self.session.visitor
        token = session.refresh_token
        needed = {each.removeprefix("cookie ") for each in session.record.carriers}
        if not token and not set(refresh_cookies(visitor)) - needed:
            return
        self.refresh = "not found"
        site, apis = self.people.site, self.people.apis
        start = [page for page in [await self.ways.page(site.portal.url)] if page is not None]
        ways = exchanges(
            site.portal.url,
            site.login.refresh or "",
            await apis.operations(),
            await apis.paths(start),
            session.way.url if session.way is not None else "",
            by_cookie=not token,
        )
        found = await find_exchange(ways, visitor, token)
        if found is None:
            return
        self.refreshing, bought = found
        self.refresh, self.refresh_token = "found", bought.refresh or token
        if bought.access and session.access_token:
            visitor.headers = tuple(
                (name, value.replace(session.access_token, bought.access)) for name, value in visitor.headers
            )

    async def _use(self, control: Control, live: Visitor, old: Visitor) -> SignOut:
        """Use one control, and look what is left of the session."""
        answers = await self._sent(control)
        redact = self.people.wire.redact
        base = SignOut(
            self.session.identity.name,
            self.session.record.way,
            control.how,
            redact.url(control.url),
            looked=tuple(self.ways.looked),
            refresh=self.refresh,
        )
        if not answers:
            return base
        end = Page(self._address(answers[-1]), answers[-1])
        # A page that asks whether one really wants to: it has a form, and one is still signed in.
        form = confirmation(end) if control.method == "GET" and end.is_html else None
        if form is not None and await self.session.is_proved(live):
            answers = (*answers, *await self._sent(form))
            end = Page(self._address(answers[-1]), answers[-1])
        trail = tuple(answer.exchange for answer in answers)
        browser_out = not await self.session.is_proved(live)
        says_out = self._says_out(control, answers, end)
        cleared = tuple(
            name
            for name, _ in old.held(self.session.mark.url)
            if name not in dict(live.held(self.session.mark.url))
            and f"cookie {name}" in self.session.record.carriers
        )
        browser_out = browser_out or bool(cleared)
        replays: tuple[Replay, ...] = ()
        if browser_out or says_out:
            replays = await self._replayed(old)
            browser_out = browser_out or not replays[0].accepted
        return msgspec.structs.replace(
            base,
            trail=trail,
            says_out=says_out,
            browser_out=browser_out,
            cleared=cleared,
            replays=replays,
        )

    def _says_out(self, control: Control, answers: tuple[Answer, ...], end: Page) -> bool:
        """Whether the answer reads as if we were out: not refused; a form was taken, or a page for strangers is shown."""
        first = answers[0].exchange.status
        if first >= 400 or end.status >= 400 or not control.sure:
            return False
        if end.is_html:
            if end.login is not None or end.identifier is not None:
                return True
            if control.how in ("form", "button") and control.method != "GET":
                return bool(answers[0].location) or not end.logout
            return bool(answers[0].location) and not end.logout
        return control.how in ("api", "pressed") and control.method != "GET" and not says_no(end.data)

    async def _sent(self, control: Control) -> tuple[Answer, ...]:
        way = self.refreshing
        return (
            await self.ways.use(control, way.field, self.refresh_token)
            if way
            else await self.ways.use(control)
        )

    def _address(self, answer: Answer) -> str:
        return self.people.wire.http.address_of(answer.exchange.url)

    async def _replayed(self, old: Visitor) -> tuple[Replay, ...]:
        """What was held before, sent once more: what opens pages first, as a refresh may begin a new session."""
        mark = self.session.mark
        answer = await old.copy().fetch("GET", mark.url)
        tokens = [value.rpartition(" ")[2] for _, value in old.headers]
        left = [token.remaining(time.time()) for each in tokens if (token := JsonWebToken.parse(each))]
        what = "access token" if tokens else "cookie"
        remaining = next((round(each) * 1.0 for each in left if each is not None), None)
        replays = [Replay(what, answer.exchange, self.session.proves(answer), remaining)]
        if self.refreshing is not None:
            answer, bought = await self.refreshing.once(old.copy(), self.refresh_token)
            replays.append(Replay("refresh token", answer.exchange, bought is not None))
        return tuple(replays)

    async def _with_others(self, out: SignOut) -> SignOut:
        """The same, with whether the person's other session has ended as well: portals may do either."""
        shared = await self.people.shared(self.session.identity.name)
        ended = not await shared.is_proved()
        return msgspec.structs.replace(out, others_ended=ended)

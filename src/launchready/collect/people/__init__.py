"""Everybody the audit may be, signed in when first needed, and proved to be. Live and secret: never evidence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from launchready.collect.people.apis import Apis
from launchready.collect.people.attempts import Attempted, LoginWay
from launchready.collect.people.browser_steps import Credentials
from launchready.collect.people.failing import NotSignedIn
from launchready.collect.people.marks import Mark
from launchready.collect.people.pages import Page
from launchready.collect.people.proving import Proven
from launchready.collect.people.sign_out import Control
from launchready.collect.people.signing import SigningIn
from launchready.collect.people.turn import Done
from launchready.errors import SignInFailed, UsageError
from launchready.evidence.sessions import Attempt, NoSession, Sessions, SessionStart
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

__all__ = ["Attempted", "LoginWay", "NotSignedIn", "People", "SignedIn"]

_MOST_RENEWALS = 5
"""Of one identity in one run; what ends more often than that is no session to work with."""


@dataclass(slots=True)
class SignedIn:
    """A proved session.

    Attributes:
        identity: whose.
        visitor: with its cookies and headers.
        before: what it held before the credentials were sent.
        halfway: what it held after the password, before the second factor; None when there was no second step.
        way: how it signed in; None for a pasted session.
        record: the same as evidence.
        mark: what proves it, raw.
        asked: what asked for the second factor: the page with its form, or the API's answer; None when nothing did.
        access_token, refresh_token: raw, of a JSON login; empty when there is none.
    """

    identity: Identity
    visitor: Visitor
    before: Visitor
    halfway: Visitor | None
    way: LoginWay | None
    record: SessionStart
    mark: Mark
    asked: Page | None = None
    access_token: str = ""
    refresh_token: str = ""

    def proves(self, answer: Answer) -> bool:
        """Whether an answer to a GET of `mark.url` shows that its visitor is signed in."""
        return self.mark.holds(Page(self.mark.url, answer))

    async def is_proved(self, visitor: Visitor | None = None) -> bool:
        """Whether the proof holds now, for this visitor (a replay, say) or for the session itself: one request.

        Raises:
            WireError: there was no answer.
        """
        return self.proves(await (visitor or self.visitor).fetch("GET", self.mark.url))


class People:
    """The identities of the portal file.

    Attributes:
        wire: the run's.
        site: the portal.
        opened: every session that was signed in in this run, in order; some have ended since.
        pressed_out: how one signs out there, as a browser has shown; None where it showed nothing. Kept by `ways_out`.
    """

    def __init__(self, wire: Wire, site: Site) -> None:
        self.wire = wire
        self.site = site
        self._signing = SigningIn(wire, site)
        self.opened: list[SignedIn] = []
        self.pressed_out: dict[str, Control | None] = {}
        self._shared: dict[str, asyncio.Task[SignedIn]] = {}
        self._proven: dict[str, Proven] = {}
        self._renewing: dict[str, asyncio.Lock] = {}
        self._renewals: dict[str, int] = {}

    @property
    def apis(self) -> Apis:
        """What the portal itself says of its API; read once in a run."""
        return self._signing.trying.apis

    def stranger(self, touch: Touch = Touch.READ) -> Visitor:
        """Somebody who is not signed in, with an empty jar."""
        return Visitor(self.wire.http, touch=touch)

    async def everybody(self) -> Sessions:
        """Sign in each identity, once in a run, all at once; what failed is in the evidence."""
        names = [identity.name for identity in self.site.identities]
        results = await asyncio.gather(*map(self.shared, names), return_exceptions=True)
        people: list[SessionStart | NoSession] = []
        for result in results:
            if isinstance(result, NotSignedIn):
                people.append(result.evidence())
            elif isinstance(result, BaseException):
                raise result
            else:
                people.append(result.record)
        return Sessions(tuple(people))

    async def shared(self, name: str) -> SignedIn:
        """The run's one session of this identity; signs in when first asked for.

        Raises:
            SignInFailed: it could not be proved.
        """
        if name not in self._shared:
            self._shared[name] = asyncio.create_task(self.fresh(name))
        return await asyncio.shield(self._shared[name])

    async def fresh(self, name: str) -> SignedIn:
        """A further session of this identity in an empty jar; the shared one stays as it is.

        Raises:
            SignInFailed: it could not be proved.
        """
        identity = self._identity(name)
        done, attempts = await self._signing.sign_in(identity, self._proven.get(name))
        assert done.proven is not None
        self._proven.setdefault(name, done.proven)
        record = self._record(identity, done, attempts)
        session = SignedIn(
            identity=identity,
            visitor=done.visitor,
            before=done.before,
            halfway=done.halfway,
            way=done.way,
            record=record,
            mark=done.proven.mark,
            asked=done.asked,
            access_token=done.access,
            refresh_token=done.refresh,
        )
        self.opened.append(session)
        return session

    def also(self, session: SignedIn, visitor: Visitor) -> None:
        """A visitor that was signed in in another way than by `fresh`, as the identity of this session."""
        self.opened.append(replace(session, visitor=visitor))

    @asynccontextmanager
    async def acting_as(self, name: str) -> AsyncIterator[SignedIn]:
        """The shared session, proved before and after the block; renewed first where it has ended.

        Raises:
            SignInFailed: it could not be proved before, or was lost in the block.
        """
        session = await self.alive(name)
        yield session
        if not await session.is_proved():
            raise SignInFailed(
                f"the session of {name} was lost while it was used",
                "run the audit again; see whether it ends by itself",
            )

    async def alive(self, name: str) -> SignedIn:
        """The shared session, proved now; signed in again where it has ended, its visitor staying the same object.

        Raises:
            SignInFailed: it could not be proved.
        """
        session = await self.shared(name)
        async with self._renewing.setdefault(name, asyncio.Lock()):
            if await session.is_proved():
                return session
            self._renewals[name] = self._renewals.get(name, 0) + 1
            if self._renewals[name] > _MOST_RENEWALS:
                raise SignInFailed(f"the session of {name} ended {_MOST_RENEWALS + 1} times in this run")
            new = await self.fresh(name)
            session.visitor.replace_cookies(new.visitor.cookies)
            session.visitor.headers = new.visitor.headers
            session.visitor.local_storage = new.visitor.local_storage
            session.before, session.halfway, session.asked = new.before, new.halfway, new.asked
            session.access_token, session.refresh_token = new.access_token, new.refresh_token
        return session

    async def code(self, name: str, *, ahead: bool = False) -> str:
        """A one-time code of this identity that was not sent in this run; waits for the next one where need be.

        Args:
            name: the identity's.
            ahead: rather give one a step before its time than wait for it.

        Raises:
            SignInFailed: it has none.
        """
        codes = self._signing.vault.of(identity := self._identity(name)).codes
        if codes is None:
            raise NotSignedIn(
                identity, "second-factor", why="the portal file gives it no secret for one-time codes"
            )
        return await codes.unused(ahead=ahead)

    def code_was_early(self, name: str) -> bool:
        """Whether the last code of this identity was given before its time had come."""
        codes = self._signing.vault.of(self._identity(name)).codes
        return codes is not None and codes.early

    def typed(self, name: str) -> Credentials:
        """What this identity types into a login form, for signing in where a browser looks on.

        Raises:
            SignInFailed: a secret is not where the portal file says.
        """
        identity = self._identity(name)
        secrets = self._signing.vault.of(identity)
        code = secrets.codes.unused if secrets.codes is not None else None
        return Credentials(identity.username, secrets.password, code)

    async def second_step(
        self,
        session: SignedIn,
        visitor: Visitor,
        code: str,
        *,
        asked: Page | None = None,
        touch: Touch = Touch.SIGN_IN,
    ) -> Attempted:
        """Send this code as a visitor that is halfway, the way the session itself did.

        Args:
            session: whose second step is repeated.
            visitor: holds what the password alone gave.
            code: right, wrong or used.
            asked: what asked this visitor for the code (`Attempted.page`); what asked the session, if not given.
            touch: of the request.

        Raises:
            SignInFailed: nothing asked this session for a code.
            WireError: there was no answer, or no consent.
        """
        page = asked or session.asked
        if page is None:
            raise NotSignedIn(session.identity, "second-factor", why="it was not asked for a code")
        password = self._signing.vault.of(session.identity).password
        return await self._signing.trying.give_code(
            session.way, visitor, page, code, session.identity.username, password, touch=touch
        )

    def _identity(self, name: str) -> Identity:
        for identity in self.site.identities:
            if identity.name == name:
                return identity
        raise UsageError(f"the portal file has no [[identity]] named {name}")

    def _record(self, identity: Identity, done: Done, attempts: tuple[Attempt, ...]) -> SessionStart:
        redact = self.wire.redact
        assert done.proven is not None
        return SessionStart(
            identity=identity.name,
            role=identity.role,
            tenant=identity.tenant,
            admin=identity.admin,
            mfa=identity.mfa,
            test=identity.test,
            way=done.kind,
            login_url=self.wire.http.remember(done.way.url) if done.way is not None else "",
            proof=done.proven.proof(self.wire),
            trail=tuple(done.trail),
            before=done.before.cookies_as_evidence(redact),
            after=done.visitor.cookies_as_evidence(redact),
            halfway=done.halfway.cookies_as_evidence(redact) if done.halfway is not None else (),
            second_factor=done.second_factor,
            carriers=done.proven.carriers,
            attempts=attempts,
            submissions=done.submissions,
        )

"""Everybody the audit may be, signed in when first needed, and proved to be. Live and secret: never evidence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from launchready.evidence.sessions import Sessions, SessionStart
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of sending one pair of credentials.

    Attributes:
        answers: from the request that sent them to where it ended, as a browser follows. Raw.
        accepted: the answers look as if the password was right: judged against how a wrong one was answered, or by
            what they are (a token, a new session and a way on). A proof is another matter.
        second_step: the password was taken and a second factor is asked for.
    """

    answers: tuple[Answer, ...]
    accepted: bool
    second_step: bool = False


class LoginWay(Protocol):
    """How credentials are sent on this portal, learned once, then repeated at the cost of one or two requests."""

    kind: str
    """form, two-step form, json, browser form, recipe ..."""
    url: str
    """The address that gets the password, raw."""

    async def attempt(
        self,
        visitor: Visitor,
        username: str,
        password: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        touch: Touch = Touch.SIGN_IN,
    ) -> Attempted:
        """Send these credentials as this visitor, whose jar changes accordingly; a fresh CSRF token where needed.

        Raises:
            WireError: there was no answer, or no consent.
        """
        ...


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
        access_token, refresh_token: raw, of a JSON login; empty when there is none.
    """

    identity: Identity
    visitor: Visitor
    before: Visitor
    halfway: Visitor | None
    way: LoginWay | None
    record: SessionStart
    access_token: str = ""
    refresh_token: str = ""

    async def is_proved(self, visitor: Visitor | None = None) -> bool:
        """Whether the proof holds now, for this visitor (a replay, say) or for the session itself: one request.

        Raises:
            WireError: there was no answer.
        """
        raise NotImplementedError


class People:
    """The identities of the portal file."""

    def __init__(self, wire: Wire, site: Site) -> None:
        self._wire = wire
        self.site = site

    def stranger(self, touch: Touch = Touch.READ) -> Visitor:
        """Somebody who is not signed in, with an empty jar."""
        return Visitor(self._wire.http, touch=touch)

    async def everybody(self) -> Sessions:
        """Sign in each identity, once in a run, all at once; what failed is in the evidence."""
        raise NotImplementedError

    async def shared(self, name: str) -> SignedIn:
        """The run's one session of this identity; signs in when first asked for.

        Raises:
            SignInFailed: it could not be proved.
        """
        raise NotImplementedError

    async def fresh(self, name: str) -> SignedIn:
        """A further session of this identity in an empty jar; the shared one stays as it is.

        Raises:
            SignInFailed: it could not be proved.
        """
        raise NotImplementedError

    @asynccontextmanager
    async def acting_as(self, name: str) -> AsyncIterator[SignedIn]:
        """The shared session, proved before and after the block; renewed first where it has ended.

        Raises:
            SignInFailed: it could not be proved before, or was lost in the block.
        """
        raise NotImplementedError
        yield await self.shared(name)

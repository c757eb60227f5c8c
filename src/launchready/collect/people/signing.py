"""Signs one identity in: the ways in the order in which they are tried. Live and secret: never evidence.

Right credentials are sent, at most three times, and never again after an answer that refuses them: what locks accounts
is not us.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from launchready.collect.people.attempts import LoginWay
from launchready.collect.people.basic_login import BasicWay
from launchready.collect.people.credentials import Vault
from launchready.collect.people.failing import NotSignedIn, from_wire
from launchready.collect.people.finding import Found, find_login, said
from launchready.collect.people.form_login import FormWay
from launchready.collect.people.json_login import JsonWay, find_endpoints, guesses
from launchready.collect.people.proving import Proven
from launchready.collect.people.script_login import DrivenWay
from launchready.collect.people.trying import Trying
from launchready.collect.people.turn import Done, Turn
from launchready.errors import WireError
from launchready.evidence.sessions import Attempt
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.wire import Touch, Wire

MOST_SUBMISSIONS = 3
"""Of one identity's credentials in one sign-in: more could lock it out."""


@dataclass(slots=True)
class Ways:
    """What is known of one login page: shared by all identities that sign in there.

    Attributes:
        found: what the search for it found.
        proved: a way that has signed somebody in, who was then proved.
        driven: whether the browser did that.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    found: Found | None = None
    proved: LoginWay | None = None
    driven: bool = False


class SigningIn:
    """The run's knowledge of how people sign in.

    Attributes:
        vault: secrets of the identities.
        trying: does one way.
    """

    def __init__(self, wire: Wire, site: Site) -> None:
        self.wire, self.site = wire, site
        self.vault = Vault()
        self.trying = Trying(wire, site)
        self._ways: dict[str, Ways] = {}

    async def sign_in(
        self, identity: Identity, known: Proven | None = None
    ) -> tuple[Done, tuple[Attempt, ...]]:
        """Sign in and prove it; gives what was tried as well.

        Args:
            identity: who.
            known: the proof of an earlier session of the same identity, which is looked for first.

        Raises:
            NotSignedIn: it could not be proved; says what was tried.
            StoreError: the journal cannot be written.
        """
        turn = Turn(identity, self.vault.of(identity), known, self.trying.letters)
        try:
            self.wire.gate.check(self.site.portal.url, Touch.SIGN_IN)
            done = await self._signed_in(turn)
        except NotSignedIn:
            raise
        except WireError as error:
            raise from_wire(identity, error, tuple(turn.attempts)) from None
        return done, tuple(turn.attempts)

    async def _signed_in(self, turn: Turn) -> Done:
        secrets = turn.secrets
        if secrets.pasted and (done := await self.trying.pasted(turn)):
            return done
        if secrets.password or (turn.identity.mailbox and turn.identity.username):
            return await self._typed(turn)
        if secrets.pasted:
            raise turn.failed("no-proof")
        raise turn.failed(
            "secret-missing",
            why="the portal file gives it nothing to sign in with",
            settle_by="give this [[identity]] a password, token, cookie, header or storage_state",
        )

    async def _typed(self, turn: Turn) -> Done:
        ways = self._ways.setdefault(turn.identity.login or "", Ways())
        async with ways.turn:  # the first finds the way, the others go it together
            if ways.proved is None and not ways.driven:
                return await self._find_way(turn, ways)
        if ways.driven or ways.proved is None:
            return await self._by_browser(turn, ways)
        return await self.trying.by(ways.proved, turn)

    async def _find_way(self, turn: Turn, ways: Ways) -> Done:
        if self.site.login.recipe and turn.secrets.password:
            return await self._by_browser(turn, ways)
        found = ways.found or await find_login(self.wire, self.site, turn.identity.login or "")
        if found.is_nothing and found.why is not None:
            raise found.why
        ways.found = found
        if found.broken and found.form is None:
            raise turn.failed("unreachable", why=f"the portal answers {found.broken}")
        if not turn.secrets.password:
            return await self.trying.by_mail(turn, found)
        return await self._by_plain_requests(turn, ways, found)

    async def _by_plain_requests(self, turn: Turn, ways: Ways, found: Found) -> Done:
        """Try what is possible without a browser, then the browser."""
        failure = None
        async for way in self._possible(found, turn.identity):
            try:
                done = await self.trying.by(way, turn)
            except NotSignedIn as error:
                failure = error
                if turn.over or turn.sent >= MOST_SUBMISSIONS:
                    raise
            else:
                ways.proved = way
                return done
        if not found.pages:
            raise failure or _nowhere(turn, found)
        try:
            return await self._by_browser(turn, ways)
        except NotSignedIn as error:
            if error.reason != "no-form":
                raise
            if failure is not None:  # what plain requests met says more
                raise turn.failed(failure.reason) from None
            raise (_nowhere(turn, found) if found.elsewhere else error) from None

    async def _possible(self, found: Found, identity: Identity) -> AsyncIterator[LoginWay]:
        """Ways that this portal may have, in order."""
        if found.form is not None:
            tenants = {each.username: each.tenant for each in self.site.identities if each.tenant}
            yield FormWay(self.wire, found.start, found.form, tenants)
        if found.basic:
            yield BasicWay(found.basic)
        if found.form is None:
            for endpoint in await find_endpoints(self.wire, self.site, self.trying.apis, found.pages):
                for guess in guesses(endpoint, identity.username, found.pages):
                    yield JsonWay(self.wire, guess)

    async def _by_browser(self, turn: Turn, ways: Ways) -> Done:
        found = ways.found
        start = urljoin(self.site.portal.url, turn.identity.login or "")
        if found is not None and not turn.identity.login:
            page = found.scripted or found.form or next(iter(found.pages), None)
            start = page.url if page is not None else start
        done = await self.trying.by_browser(turn, start)
        ways.driven = True
        if done.way is not None and not isinstance(done.way, DrivenWay):
            ways.proved = ways.proved or done.way
        return done


def _nowhere(turn: Turn, found: Found) -> NotSignedIn:
    """There is nothing to sign in with, or it is not ours to ask."""
    turn.tried("form", f"looked at {said(found)}")
    if not found.elsewhere:
        return turn.failed("no-form")
    host = found.elsewhere[0]
    return turn.failed(
        "no-form",
        why=f"signing in leads to {host}, which is outside the scope",
        settle_by=f"add {host} to [scope] hosts, or give this [[identity]] a token or cookie",
    )

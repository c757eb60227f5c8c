"""One identity's sign-in, under way and then over. Live and secret: never evidence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from launchready.collect.people.attempts import LoginWay
from launchready.collect.people.credentials import Credentials
from launchready.collect.people.failing import NotSignedIn
from launchready.collect.people.letters import Letters, Since
from launchready.collect.people.pages import Page
from launchready.collect.people.proving import Proven
from launchready.evidence.http import Exchange
from launchready.evidence.sessions import Attempt
from launchready.site.identities import Identity
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_CLOCKS = timedelta(seconds=5)
"""How far the mail server's clock may be behind ours."""


@dataclass(slots=True)
class Done:
    """What came of one way.

    Attributes:
        visitor: the one who signs in.
        before: what it held before the credentials were sent.
        halfway: what it held between password and second factor.
        way: how it signed in; None for a pasted session.
        kind: as `SessionStart.way`.
        trail: the exchanges of the login.
        second_factor: as `SessionStart.second_factor`.
        asked: the answer that asked for the second factor.
        landing: where it ended.
        proven: how we know.
        access, refresh: tokens.
        submissions: how often the password was sent.
        read: addresses that the portal's scripts asked once signed in, redacted.
    """

    visitor: Visitor
    before: Visitor
    halfway: Visitor | None = None
    way: LoginWay | None = None
    kind: str = ""
    trail: list[Exchange] = field(default_factory=list)
    second_factor: str = ""
    asked: Page | None = None
    landing: Page | None = None
    proven: Proven | None = None
    access: str = ""
    refresh: str = ""
    submissions: int = 1
    read: tuple[str, ...] = ()

    def went(self, answers: tuple[Answer, ...]) -> None:
        """Add to the trail."""
        self.trail += [answer.exchange for answer in answers]


class Turn:
    """What one sign-in works with, what it has tried, and how often the credentials were sent.

    Attributes:
        identity: who.
        secrets: its credentials.
        known: the proof of an earlier session.
        attempts: what was tried.
        sent: how often the password went out.
        over: the portal has refused the credentials, so they are not sent again.
        screenshot: name of an attachment.
        since: mails that came before are older than this sign-in.
    """

    def __init__(
        self, identity: Identity, secrets: Credentials, known: Proven | None, letters: Letters
    ) -> None:
        self.identity, self.secrets, self.known = identity, secrets, known
        self.attempts: list[Attempt] = []
        self.sent = 0
        self.over = False
        self.screenshot = ""
        self.since: Since = datetime.now(UTC) - _CLOCKS
        self._letters = letters

    @property
    def factor(self) -> str:
        """Which second factor this identity has: totp, mail, or none."""
        return "totp" if self.secrets.codes is not None else "mail" if self.identity.mailbox else ""

    @property
    def code(self) -> Callable[[], Awaitable[str]] | None:
        """Gives an unused one-time code; None where the identity has none."""
        if self.secrets.codes is not None:
            return self.secrets.codes.unused
        if self.identity.mailbox:
            return self._mailed
        return None

    async def _mailed(self) -> str:
        return await self._letters.code(self.identity, self.since)

    def failed(self, reason: str, *, why: str = "", settle_by: str = "") -> NotSignedIn:
        """Why it is not signed in."""
        return NotSignedIn(
            self.identity,
            reason,
            tuple(self.attempts),
            why=why,
            settle_by=settle_by,
            screenshot=self.screenshot,
        )

    def tried(self, way: str, outcome: str) -> None:
        """Note one way."""
        self.attempts.append(Attempt(way, outcome))

"""What became of a session while it was used as people use one: refreshed, in two tabs, gone back in, all at once."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class SessionTrial(Fact, frozen=True):
    """One way of using a session.

    Attributes:
        kind: refresh, new page, second tab, parallel; by plain requests, or in a browser, which also has the back button
            (back).
        where: plain or browser.
        asked: how often it was asked whether the portal still knows the identity.
        lost: how often it did not, though it answered.
        held: whether the session still held afterwards; it can be lost for one answer, and for good.
        answers: the answers that were judged, oldest first; those of a browser have no headers.
        why: why it could not be told.
    """

    kind: str
    where: str
    asked: int = 0
    lost: int = 0
    held: bool = True
    answers: tuple[Exchange, ...] = ()
    why: Missing | None = None


class StablePerson(Fact, frozen=True):
    """One identity's session.

    Attributes:
        identity: whose.
        url: where the portal was asked whether it knows it, redacted.
        trials: in the order in which they were made; after a session was lost for good there are no more.
        why: why nothing could be tried.
    """

    identity: str
    url: str = ""
    trials: tuple[SessionTrial, ...] = ()
    why: Missing | None = None


class Stability(Fact, frozen=True):
    """All identities of the portal file; empty when it names none."""

    people: tuple[StablePerson, ...]

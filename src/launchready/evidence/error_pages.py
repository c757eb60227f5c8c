"""What error answers told of the inside. What they told of people or of secrets stands here by kind only."""

from launchready.evidence import Fact, Missing
from launchready.evidence.secrets import Search


class Told(Fact, frozen=True):
    """One thing that an answer told.

    Attributes:
        kind: trace, debug page, exception, database, path, host or version.
        what: in words: "a stack trace of Python".
    """

    kind: str
    what: str


class ErrorAnswer(Fact, frozen=True):
    """One answer to a request that was to go wrong, or that went wrong in the course of the run.

    Attributes:
        way: what was wrong with the request: "unknown path", "broken JSON"; "in passing" where something else was asked.
        method: as sent.
        place: the address without what may be secret, the same in every run.
        who: as whom it was asked: "anonymous" or an identity's name.
        status: HTTP status code.
        told: what it told of the inside and the portal does not show anyway.
    """

    way: str
    method: str
    place: str
    who: str
    status: int
    told: tuple[Told, ...] = ()


class ErrorPages(Fact, frozen=True):
    """All error answers that were looked at.

    Attributes:
        answers: those that were provoked, and of the others those that told something.
        looked: error answers that were read in all.
        search: secrets in them.
        refused: why errors were not provoked beyond asking for what is not there.
        unlooked: what could not be asked, as (as whom, why).
    """

    answers: tuple[ErrorAnswer, ...]
    looked: int
    search: Search
    refused: Missing | None = None
    unlooked: tuple[tuple[str, Missing], ...] = ()

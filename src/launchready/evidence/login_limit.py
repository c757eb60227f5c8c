"""What happens to somebody who guesses passwords: each try of a bounded series, in order. No secret stands here."""

from launchready.evidence import Fact
from launchready.evidence.http import Exchange


class Guess(Fact, frozen=True):
    """One pair of credentials that was sent, and what came of it.

    Attributes:
        purpose: begin, reference, series, burst, confirm, hold, together, other, forged, control, spray, echo or
            after; see `collect/guessing.py`.
        who: own (the test account), other (another test account), unknown (a name that nobody has).
        right: whether it was the account's password.
        outcome: accepted; usual (as a wrong password at the beginning); refused (otherwise: by status, target,
            text, or by dropping the connection); silent (no answer at all in time); unsent (our own bounds).
        status: HTTP status of the answer to it; 0 where there was none.
        leads: where it redirects, as findings name addresses; empty when nowhere.
        size: bytes of the answer's body.
        seconds: until its last byte.
        at: seconds from the beginning of the series to its end.
        asked_to_wait: seconds of a Retry-After; -1 where there was none.
        asks: what a refusal asks for that a wrong password at the beginning did not: captcha, challenge (a further
            field or frame), or nothing.
        forged: names of the request headers that claimed another address.
        differs: the answer's text was unlike those of a wrong password at the beginning.
        requests: that it took.
        shared: sent from a page with the form that others had sent already, as `collect/guessing.py` says.
    """

    purpose: str
    who: str
    right: bool
    outcome: str
    status: int
    leads: str
    size: int
    seconds: float
    at: float
    asked_to_wait: float = -1.0
    asks: str = ""
    forged: tuple[str, ...] = ()
    differs: bool = False
    requests: int = 1
    shared: bool = False


class LoginLimit(Fact, frozen=True):
    """One series of guesses at an own test account.

    Attributes:
        identity, other: the test accounts' names in the portal file; `other` is empty when there is only one.
        way: how credentials were sent: form, json ...
        login_url: where to, redacted.
        marker: what each request carried in the header X-Launchready-Probe, so that it is found in logs.
        guesses: all tries, in the order in which they were sent.
        requests: sent in all; seconds: that it took, from the first accepted password on.
        usual: the answer to a wrong password at the beginning; refused: the first that was otherwise.
        captcha_shown: the login page has one of the well-known captchas on it.
        trouble: why the series was broken off; empty when it was not: servererrors, silence.
        others_answer: whether the start page still answered when `trouble` began.
    """

    identity: str
    other: str
    way: str
    login_url: str
    marker: str
    guesses: tuple[Guess, ...]
    requests: int
    seconds: float
    usual: Exchange | None = None
    refused: Exchange | None = None
    captcha_shown: bool = False
    trouble: str = ""
    others_answer: bool = True

    def of(self, *purposes: str) -> tuple[Guess, ...]:
        """The tries made for these purposes that were really sent, in order."""
        return tuple(each for each in self.guesses if each.purpose in purposes and each.outcome != "unsent")

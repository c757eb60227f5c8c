"""What a new member of staff met in a clean browser: each step with what the page showed and complained about."""

from launchready.evidence import Fact, Missing
from launchready.evidence.browser import Failure, Mixed
from launchready.evidence.letters import Delivery


class BadAnswer(Fact, frozen=True):
    """One request to a host of the portal that was answered with an error."""

    method: str
    url: str
    status: int


class SelfTestStep(Fact, frozen=True):
    """One thing that was done.

    Attributes:
        says: what was done, in words.
        part: sign-in, or the name of the flow, or navigation.
        url: where it ended, redacted; empty where there was no page.
        status: HTTP status of that page; 0 without one.
        done: whether it could be done.
        why: why not, where that is the portal's doing: half a sentence; empty when done.
        unknown: why it was not tried or could not be told.
        console, errors: errors on the console, and errors that no script caught; shortened, secrets as fingerprints.
        bad: requests answered with 400 or more.
        failed: requests that got no answer, though our gate let them out.
        mixed: insecure content that browsers block or warn of.
        security: Chromium's word for the page: secure, neutral, insecure, insecure-broken; or empty.
        withheld: hosts outside the scope that the page wanted something of and did not get.
        screenshot: name of an attachment; empty when there is none.
    """

    says: str
    part: str
    url: str = ""
    status: int = 0
    done: bool = True
    why: str = ""
    unknown: Missing | None = None
    console: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    bad: tuple[BadAnswer, ...] = ()
    failed: tuple[Failure, ...] = ()
    mixed: tuple[Mixed, ...] = ()
    security: str = ""
    withheld: tuple[str, ...] = ()
    screenshot: str = ""


class SelfTest(Fact, frozen=True):
    """One self-test.

    Attributes:
        identity, role: who was played.
        browser: its name and version, or why there was none.
        way: how it signed in: browser form, recipe, or session (handed over by the portal file, so not signed in).
        steps: first to last.
        left_out: entries of the main navigation that were not followed, as (reason, count).
        lost: whether it found itself signed out on the way.
        lost_unknown: why that could not be told.
        mail: what came of a password reset that was asked for as this identity, or why none was.
    """

    identity: str
    role: str
    browser: str | Missing
    way: str = ""
    steps: tuple[SelfTestStep, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    lost: bool = False
    lost_unknown: Missing | None = None
    mail: Delivery | Missing | None = None

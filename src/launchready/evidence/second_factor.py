"""What the second factor of each administrator is worth: what answers after the password alone, and what codes may do."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class HalfwayLook(Fact, frozen=True):
    """One request by somebody who has given the password of an identity, and nothing else.

    Attributes:
        url: asked, redacted.
        what: proof (what proves that the identity is signed in), page, api or file (something only the identity reads),
            start (where the portal leads after signing in), step (the second step sent without a code), ticket (what
            an API hands out in between, shown as a token), link (somewhere
            that the page asking for the code leads).
        exchange: the answer; of several the last, as a browser follows.
        shown: it held what the identity sees and a stranger does not; or, of a step or a link, the proof held afterwards.
        enrols: it holds the secret of a new authenticator, as apps read it from an otpauth: address.
    """

    url: str
    what: str
    exchange: Exchange
    shown: bool
    enrols: bool = False


class CodeReuse(Fact, frozen=True):
    """A code that had let the identity in was sent again in another login, within its time.

    Attributes:
        accepted: it let in again.
        exchange: the answer to the second use.
    """

    accepted: bool
    exchange: Exchange


class CodeGuesses(Fact, frozen=True):
    """Wrong codes in a row, in one login of a test identity, then the right one.

    Attributes:
        sent: how many wrong ones were sent.
        limit: what showed that guessing is stopped: refused (429 or the like), ended (the password is asked for again),
            silent (the right code was refused afterwards); empty when the right code still let in.
        after: how many wrong codes had been sent when it showed; 0 when none did.
        wrong: a wrong code let in.
        exchange: the last answer to a wrong code.
    """

    sent: int
    limit: str
    after: int
    wrong: bool
    exchange: Exchange


class AdminFactor(Fact, frozen=True):
    """What the password alone reaches, of one administrator who was asked for a second factor.

    Attributes:
        identity: as declared.
        looks: one for each request made with the password alone.
    """

    identity: str
    looks: tuple[HalfwayLook, ...] | Missing


class SecondFactors(Fact, frozen=True):
    """Every identity with admin rights that was asked for a second factor when it signed in.

    Attributes:
        admins: in the portal file's order.
        portal_hosts: names whose login page is the portal's own; a password typed elsewhere was typed at an identity
            provider.
    """

    admins: tuple[AdminFactor, ...]
    portal_hosts: tuple[str, ...] = ()


class CodeDrill(Fact, frozen=True):
    """What the codes of one administrator may do: used twice, and guessed."""

    identity: str
    reuse: CodeReuse | Missing
    guesses: CodeGuesses | Missing


class CodeDrills(Fact, frozen=True):
    """The same of every administrator who was asked for a code."""

    admins: tuple[CodeDrill, ...]

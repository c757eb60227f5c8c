"""How strangers are answered who name an account, and those who name none: at the login, a reset, a sign-up.

Of the answers only that is kept in which they differ: what all of them share tells nothing. What was typed, long random
values and numbers are left out.
"""

from launchready.evidence import Fact, Missing


class Named(Fact, frozen=True):
    """One try with one name.

    Attributes:
        who: the identity whose name was typed; empty for a name that nobody has.
        status: HTTP status of the answer.
        leads: where it redirects, without host and values; empty when nowhere.
        length: characters of the answer's text, of the page it led to where it redirects; what was typed, random values
            and numbers count as one.
        seconds: until the last byte of the answer.
        headers: names of response headers, and "cookie NAME" for those set, that not all answers have.
        texts: pieces of the answer that not all answers have, each with how often it stands there.
        look: of which series it is: 1, or 2 where the first seemed to tell something.
    """

    who: str
    status: int
    leads: str
    length: int
    seconds: float
    headers: tuple[str, ...] = ()
    texts: tuple[tuple[str, int], ...] = ()
    look: int = 1


class Door(Fact, frozen=True):
    """One place where a name is typed.

    Attributes:
        place: login, reset or sign-up.
        url: redacted; empty where there is no such place.
        tries: all that were compared, in the order in which they were sent.
        stopped: a limiter was noticed, so fewer were tried than meant.
        incomplete: sent so that no account can come of it, as with a password that is too short.
        gap: why it could not be looked at; None where it was, or is not there.
    """

    place: str
    url: str
    tries: tuple[Named, ...] = ()
    stopped: bool = False
    incomplete: bool = False
    gap: Missing | None = None

    @property
    def known(self) -> tuple[Named, ...]:
        """Tries with the name of an account."""
        return tuple(each for each in self.tries if each.who)

    @property
    def unknown(self) -> tuple[Named, ...]:
        """Tries with a name that nobody has."""
        return tuple(each for each in self.tries if not each.who)


class Enumeration(Fact, frozen=True):
    """All places, in the order login, reset, sign-up.

    Attributes:
        doors: see there.
        marker: what each request carried in the header X-Launchready-Probe.
        requests: sent in all.
        still_works: test accounts that signed in with their password afterwards; `refused` did not.
    """

    doors: tuple[Door, ...]
    marker: str
    requests: int
    still_works: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

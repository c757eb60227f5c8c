"""How signing out went, and whether what carried the session opens anything afterwards. No secret stands here."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class Replay(Fact, frozen=True):
    """Something that was worth a session before signing out, sent once more afterwards.

    Attributes:
        what: cookie, access token or refresh token.
        exchange: the answer.
        accepted: it still opened what only the identity is shown, or still bought a new token.
        remaining: seconds for which an access token says it is valid; None when it does not say.
    """

    what: str
    exchange: Exchange
    accepted: bool
    remaining: float | None = None


class SignOut(Fact, frozen=True):
    """One fresh session of an identity that was signed out.

    Attributes:
        identity: whose.
        way: how it had signed in.
        control: form, button, link, api or declared; empty when none was found that works.
        url: where the control leads, redacted.
        trail: the exchanges of signing out.
        says_out: the portal answered as if it had signed us out.
        browser_out: the same browser was not signed in any more.
        cleared: names of the session's cookies that the browser was told to forget.
        replays: what was sent once more; empty when signing out did not come about.
        looked: where a control was looked for, redacted.
        refresh: how refresh tokens are exchanged: "" when there are none, else found or not found.
        others_ended: whether the identity's other session ended as well.
        unclear: why nothing can be said; None when something can.
    """

    identity: str
    way: str
    control: str = ""
    url: str = ""
    trail: tuple[Exchange, ...] = ()
    says_out: bool = False
    browser_out: bool = False
    cleared: tuple[str, ...] = ()
    replays: tuple[Replay, ...] = ()
    looked: tuple[str, ...] = ()
    refresh: str = ""
    others_ended: bool | None = None
    unclear: Missing | None = None


class SignOuts(Fact, frozen=True):
    """Signing out, once for each way in which identities sign in.

    Attributes:
        tried: what was signed out.
        unlooked: (identity, why) for those that could not be tried.
        sessionless: identities whose password goes with each request (HTTP basic authentication).
    """

    tried: tuple[SignOut, ...]
    unlooked: tuple[tuple[str, Missing], ...] = ()
    sessionless: tuple[str, ...] = ()

"""What protected addresses answered without a session, or to a forged one. No token or cookie stands here."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class GuardedRoute(Fact, frozen=True):
    """One address that an identity is shown and a stranger is not.

    Attributes:
        identity: who is shown it.
        shape: as in the crawl.
        kind: page, api (JSON) or file.
        owner, anonymous: the answers of the two.
        markers: how many values only the identity is shown.
    """

    identity: str
    shape: str
    kind: str
    owner: Exchange
    anonymous: Exchange
    markers: int


class UnguardedRoute(Fact, frozen=True):
    """One address that a stranger is shown as well as an identity.

    Attributes:
        identity, shape, kind, owner, anonymous: as of a guarded one.
        linked: the portal's public pages lead there, so it is meant for everybody.
        personal: a stranger is shown this identity's own user name or e-mail.
        shared: values that a stranger is shown here, and that elsewhere the portal shows to the identity alone.
        guarded: the address where these are guarded, redacted; for a file, the record that it belongs to. Empty when none.
        for_all: a page that says it is there to be shared, and stands outside the frame of what the identity is shown.
    """

    identity: str
    shape: str
    kind: str
    owner: Exchange
    anonymous: Exchange
    linked: bool = False
    personal: bool = False
    shared: int = 0
    guarded: str = ""
    for_all: bool = False


class GuardTrial(Fact, frozen=True):
    """One way around the guard that was tried at one address, and what came of it.

    Attributes:
        identity: whose address it is.
        url: of the protected address, redacted.
        shape: of the protected address.
        kind: a stable name of the way, as "unsigned token" or "path with two slashes".
        how: what was sent in place of a session, in words.
        exchange: the answer; Missing when there was none.
        markers: how many values only the identity is shown.
        seen: how many of them this answer showed.
        shows: these are enough to say that the address was let through.
        as_other: the answer is that of somebody signed in, but of another person.
        baseline: the stranger's answer asked once more afterwards, where something was let through.
        curl: how to see it by hand, with $TOKEN and $COOKIE for what is secret.
    """

    identity: str
    url: str
    shape: str
    kind: str
    how: str
    exchange: Exchange | Missing
    markers: int
    seen: int
    shows: bool
    as_other: bool = False
    baseline: Exchange | None = None
    curl: str = ""


class Carrier(Fact, frozen=True):
    """What carries one identity's session.

    Attributes:
        identity: whose.
        name: as "cookie sid" or "header authorization".
        form: random, json web token, readable (it says whose it is), or readable and signed.
        algorithm: of a JSON Web Token, as its header names it; else empty.
        remaining: seconds until a JSON Web Token expires; None when it never does, or is none.
        key_known: its key is a well-known word.
    """

    identity: str
    name: str
    form: str
    algorithm: str = ""
    remaining: float | None = None
    key_known: bool = False


class Bypass(Fact, frozen=True):
    """All that was tried to get around signing in.

    Attributes:
        identities: as whom protected addresses were looked for.
        guarded, unguarded, trials, carriers: what was found.
        unlooked: (identity, why) where we could not look.
        refused: why no trial was made beyond coming without a session; None when they were made.
        keys_tried: well-known words tried as key, off line, on tokens signed by a shared one.
    """

    identities: tuple[str, ...]
    guarded: tuple[GuardedRoute, ...] = ()
    unguarded: tuple[UnguardedRoute, ...] = ()
    trials: tuple[GuardTrial, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    unlooked: tuple[tuple[str, Missing], ...] = ()
    refused: Missing | None = None
    keys_tried: int = 0

"""Where the portal sends people on: return addresses in links and forms, and where a login elsewhere comes back to."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class Leading(Fact, frozen=True):
    """One value of a return address that was tried, and where a browser ends up with the answer.

    Attributes:
        evasion: what the value does, in words, such as "two slashes"; never a secret.
        value: as it was sent, decoded once. It names no host but the portal's own and one that can never exist.
        leads: own (a host of the portal), elsewhere (another host that is neither the portal's nor the one tried),
            outside (the host tried), script (a link or redirect that runs the value as a script), nowhere.
        how: location, refresh (header), meta (element), script, link (offered, not followed by itself), form; empty
            where it leads nowhere.
        exchange: the answer read.
    """

    evasion: str
    value: str
    leads: str
    how: str
    exchange: Exchange


class Callback(Fact, frozen=True):
    """One parameter that names where to go on, at one address.

    Attributes:
        url: the address without the parameter's value, redacted.
        parameter: its name.
        moment: login (followed when the password was right), signed-in (followed when somebody who is signed in opens
            the login page), logout, or open (followed for anybody).
        honoured: the answer that showed that an own address given in it is followed.
        tried: evasions, in the order tried; the series ends with the first that leads outside.
        why: why not all of them could be tried.
    """

    url: str
    parameter: str
    moment: str
    honoured: Leading
    tried: tuple[Leading, ...]
    why: Missing | None = None


class Registration(Fact, frozen=True):
    """One changed redirect_uri, and what the authorization server made of it.

    Attributes:
        change: what was changed, in words.
        value: as it was sent.
        taken: the server went on: it led to the changed address, or showed the same login page as for the right one.
        exchange: its answer.
    """

    change: str
    value: str
    taken: bool
    exchange: Exchange


class SignInElsewhere(Fact, frozen=True):
    """A login that the portal starts at an authorization server (OAuth 2.0, OpenID Connect).

    Attributes:
        url: of the portal, where it starts; redacted.
        server: host of the authorization server.
        response_type: as sent.
        state, nonce, challenge: whether the request carries them (challenge: PKCE's).
        state_repeats: two starts by two strangers carried the same state.
        plain_return: the redirect_uri is plain http on a host that is not loopback.
        registrations: changed redirect addresses tried at the server.
        forged_return: the callback asked by another visitor with a code and a state that were issued to us: True when it
            signed that visitor in.
        stateless_return: the same by us, without state: True when it signed us in.
    """

    url: str
    server: str
    response_type: str
    state: bool
    nonce: bool
    challenge: bool
    state_repeats: bool
    plain_return: bool
    registrations: tuple[Registration, ...] | Missing
    forged_return: bool | Missing
    stateless_return: bool | Missing


class Callbacks(Fact, frozen=True):
    """All that is known of where the portal sends people on.

    Attributes:
        callbacks: parameters that are followed.
        ignored: parameters that were tried and are not followed, as (address without value, parameter).
        elsewhere: logins at authorization servers.
        gaps: what could not be looked at.
        sign_ins: how often we signed in to find out.
    """

    callbacks: tuple[Callback, ...]
    ignored: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[SignInElsewhere, ...] = ()
    gaps: tuple[Missing, ...] = ()
    sign_ins: int = 0

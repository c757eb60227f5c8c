"""Who could be signed in, how, and how we know. No secret stands here: values are fingerprints of the run."""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class HeldCookie(Fact, frozen=True):
    """One cookie as a visitor holds it.

    Attributes:
        name: as set.
        value: fingerprint; equal values have equal ones within a run.
        host: whose cookie it is, without port; `host_only` says whether subdomains do not get it.
        path: as RFC 6265bis computes it.
        opaque: whether the value is long and mixed enough for a secret, rather than a word, a number or a setting.
    """

    name: str
    value: str
    host: str
    host_only: bool
    path: str
    opaque: bool = False


class Proof(Fact, frozen=True):
    """What this identity sees and an anonymous visitor does not.

    Attributes:
        url: where it was seen, redacted.
        kind: name (the identity's name or e-mail), whoami (an API that says who asks), logout (a control to sign out),
            page (a page that sends strangers away), declared (from the portal file).
        says: one sentence for the report, without the identity's secrets.
        signed_in, anonymous: the answers of the two.
    """

    url: str
    kind: str
    says: str
    signed_in: Exchange
    anonymous: Exchange


class Attempt(Fact, frozen=True):
    """One way of signing in that was tried, and what came of it, in one sentence."""

    way: str
    outcome: str


class SessionStart(Fact, frozen=True):
    """One identity signed in, with proof.

    Attributes:
        identity, role, tenant, admin, mfa, test: as declared.
        way: how it signed in: form, two-step form, browser form, json, basic, token, cookie, header, storage-state,
            mail link, mail code, recipe.
        login_url: where it signed in, redacted; empty for a pasted session.
        proof: how we know.
        trail: the exchanges of the login, first to last.
        before: cookies held before the credentials were sent.
        after: cookies held once signed in.
        halfway: cookies held after the password, before the second factor; empty when there was none.
        second_factor: which one was asked for: totp, mail; empty when none was.
        carriers: names of the cookies or headers without which the proof fails ("cookie sid", "header authorization").
        attempts: all that was tried, the last one with success.
        submissions: how often the right password had to be sent until the portal let one in: 1 on a sound portal.
    """

    identity: str
    role: str
    tenant: str
    admin: bool
    mfa: bool
    test: bool
    way: str
    login_url: str
    proof: Proof
    trail: tuple[Exchange, ...] = ()
    before: tuple[HeldCookie, ...] = ()
    after: tuple[HeldCookie, ...] = ()
    halfway: tuple[HeldCookie, ...] = ()
    second_factor: str = ""
    carriers: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    submissions: int = 1


class NoSession(Fact, frozen=True):
    """One identity that we could not prove to be signed in as.

    Attributes:
        identity, admin, mfa: as declared.
        reason: wrong-credentials, locked, captcha, limited, no-form, no-proof, second-factor, password-expired,
            secret-missing, no-consent, elsewhere, unreachable.
        why: the same as Missing, with the sentence that says what was tried.
        attempts: all that was tried.
        screenshot: name of an attachment that shows where it ended; empty when there is none.
    """

    identity: str
    admin: bool
    mfa: bool
    reason: str
    why: Missing
    attempts: tuple[Attempt, ...] = ()
    screenshot: str = ""


class Sessions(Fact, frozen=True):
    """All identities of the portal file, in its order; empty when it names none."""

    people: tuple[SessionStart | NoSession, ...]

    @property
    def signed_in(self) -> tuple[SessionStart, ...]:
        """Those with proof."""
        return tuple(each for each in self.people if isinstance(each, SessionStart))

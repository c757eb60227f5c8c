"""What came of forgetting a password: the asking, the mail, the link in it, its use, and the account afterwards.

No token, link or password stands here: of a link only its host, its shape and what can be told from its length.
"""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange


class ResetLink(Fact, frozen=True):
    """What the mail holds: a link, or a code to type in.

    Attributes:
        host: where the link leads; empty for a code.
        secure: it is https.
        bits: of the secret part, if it were drawn evenly from the alphabet it is written in; rounded down.
        derived_from: what of the account or the clock the secret part is made of, such as "MD5 of the address"; empty
            when none of what was tried fits.
        states_minutes: how long it is valid, where the mail or the token says so; 0 when neither does.
        stated_in: mail or token; empty when neither.
    """

    host: str
    secure: bool
    bits: int
    derived_from: str = ""
    states_minutes: int = 0
    stated_in: str = ""


class ForgedHost(Fact, frozen=True):
    """A reset asked for with another host's name in the request.

    Attributes:
        header: which one named it: host or x-forwarded-host.
        exchange: the answer.
        link_host: where the link of the mail leads; empty when no mail came.
        poisoned: the link leads to the name we made up.
    """

    header: str
    exchange: Exchange
    link_host: str
    poisoned: bool


class LinkPage(Fact, frozen=True):
    """The page on which the new password is typed, as the link shows it.

    Attributes:
        exchange: its answer.
        token_in_address: the address of this page still holds the secret part.
        policy: the referrer policy in force, in lower case; empty when none is set, which browsers read as
            strict-origin-when-cross-origin.
        outside: hosts of others that the page loads from or links to.
        told: hosts of others that get the secret part in an address the page loads or links to.
    """

    exchange: Exchange
    token_in_address: bool
    policy: str
    outside: tuple[str, ...]
    told: tuple[str, ...]


class ResetUse(Fact, frozen=True):
    """The link was used: what that did.

    Attributes:
        exchange: the answer to the new password.
        made_up: how a made-up token is answered, for comparison.
        again: the same link used a second time: accepted, refused, or unclear.
        again_exchange: its answer.
        older: a link asked for before the one that was used: accepted (it still opens the form, or set a password),
            refused, unclear; empty when there was none.
        signed_in: the visitor who used the link was signed in by it.
        second_factor: signing in as this identity asks for a second factor.
        sessions_ended: a session from before the reset has ended; Missing when there was none to look at.
    """

    exchange: Exchange
    made_up: Exchange | Missing
    again: str
    again_exchange: Exchange
    older: str
    signed_in: bool
    second_factor: bool
    sessions_ended: bool | Missing


class ResetDrill(Fact, frozen=True):
    """One identity that forgot its password on purpose. What is None was left to another identity's drill.

    Attributes:
        identity, admin: as declared.
        asked: the answer to asking.
        token_in_answer: that answer holds the secret part of the mail's link, or a link that opens the form; Missing
            says why such a link was not opened.
        link: what came by mail.
        forged: with another host's name.
        page: what the link shows.
        use: what came of using it.
        restored: same (the password was set to what it was), set-back (another one was set, then the old one again),
            untouched (no password was set), lost (the account is left with another password).
        signs_in: afterwards the identity signs in as before; Missing says why that could not be seen.
    """

    identity: str
    admin: bool
    asked: Exchange
    token_in_answer: bool | Missing
    link: ResetLink | Missing | None
    forged: tuple[ForgedHost, ...] | Missing | None
    page: LinkPage | Missing | None
    use: ResetUse | Missing | None
    restored: str
    signs_in: bool | Missing


class PasswordReset(Fact, frozen=True):
    """What is known of resetting passwords.

    Attributes:
        url: where a reset is asked for, redacted; empty where none was found.
        how: how it was found.
        drills: one for each identity that it was tried with.
        offered: False where the login page offers no reset at all, which was looked for.
        portal_hosts: names that a link may lead to.
    """

    url: str
    how: str
    drills: tuple[ResetDrill, ...] | Missing
    offered: bool = True
    portal_hosts: tuple[str, ...] = ()

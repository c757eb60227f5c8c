"""Why somebody could not be signed in: told apart, and never a fault of the portal."""

from launchready.errors import Refused, SignInFailed, WireError
from launchready.evidence import Missing
from launchready.evidence.sessions import Attempt, NoSession
from launchready.site.identities import Identity
from launchready.verdict import Cause

_SETTLE = {
    "wrong-credentials": "check user name and password of this [[identity]] by signing in with them once by hand",
    "locked": "unlock the account, then run the audit again",
    "captcha": "give this [[identity]] a cookie, token or storage_state instead, or exempt it from the challenge",
    "limited": "run the audit again when the limit has passed",
    "password-expired": "change the password of this [[identity]] once by hand",
    "no-form": "give this [[identity]] its `login` page, or describe the steps in [login] recipe",
    "no-proof": "give this [[identity]] a `proof`: a page or a text that it alone sees",
    "second-factor": "give this [[identity]] its `totp` secret, or a `mailbox` where the codes arrive",
    "secret-missing": "put the secret where the portal file says it is kept",
    "unreachable": "run the audit again when the portal answers",
}
_SAID = {
    "wrong-credentials": "the portal refused user name and password",
    "locked": "the portal says that the account is locked",
    "captcha": "the login asks for a challenge that a person must solve",
    "limited": "the portal takes no more logins for now",
    "password-expired": "the password was taken, but the portal wants a new one first",
    "no-form": "no login form was found that could be sent",
    "no-proof": "nothing was found that this identity sees and a stranger does not",
    "second-factor": "the portal asks for a second factor that could not be given",
    "unreachable": "the portal did not answer as it should",
}


class NotSignedIn(SignInFailed):
    """One identity could not be signed in.

    Attributes:
        reason: as `NoSession.reason`.
        attempts: all that was tried.
        screenshot: name of an attachment; empty when there is none.
    """

    def __init__(
        self,
        identity: Identity,
        reason: str,
        attempts: tuple[Attempt, ...] = (),
        *,
        why: str = "",
        settle_by: str = "",
        screenshot: str = "",
    ) -> None:
        tried = "; ".join(f"{each.way}: {each.outcome}" for each in attempts)
        said = why or _SAID.get(reason, reason)
        detail = f"could not sign in as {identity.name}: {said}" + (f" (tried {tried})" if tried else "")
        super().__init__(detail, settle_by or _SETTLE.get(reason, SignInFailed.settle_by))
        self.identity = identity
        self.reason = reason
        self.attempts = attempts
        self.screenshot = screenshot

    def evidence(self) -> NoSession:
        """The same as evidence."""
        causes = {"no-consent": Cause.NO_CONSENT, "unreachable": Cause.UNREACHABLE}
        return NoSession(
            identity=self.identity.name,
            admin=self.identity.admin,
            mfa=self.identity.mfa,
            reason=self.reason,
            why=Missing(causes.get(self.reason, Cause.NOT_AUTHORISED), str(self), self.settle_by),
            attempts=self.attempts,
            screenshot=self.screenshot,
        )


def from_wire(identity: Identity, error: WireError, attempts: tuple[Attempt, ...] = ()) -> NotSignedIn:
    """An outage or a refusal of our own gate on the way."""
    reason = "no-consent" if isinstance(error, Refused) else "unreachable"
    return NotSignedIn(identity, reason, attempts, why=str(error), settle_by=error.settle_by)


def outcome(reason: str) -> str:
    """What came of one way, in a few words."""
    return _SAID.get(reason, reason)

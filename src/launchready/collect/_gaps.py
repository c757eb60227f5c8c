"""What a failed look is as evidence, where the rest of a collector's looks go on."""

from launchready.errors import Refused, SignInFailed, WireError
from launchready.evidence import Missing
from launchready.verdict import Cause


def gap(error: WireError, what: str = "") -> Missing:
    """Why something was not looked at; `what` says what, as the beginning of a sentence."""
    match error:
        case Refused():
            cause = Cause.NO_CONSENT
        case SignInFailed():
            cause = Cause.NOT_AUTHORISED
        case _:
            cause = Cause.UNREACHABLE
    return Missing(cause, f"{what}: {error}" if what else str(error), error.settle_by)

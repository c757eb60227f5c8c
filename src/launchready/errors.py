"""Every error launchready raises on purpose.

LaunchreadyError
├── UsageError              what was asked cannot be done                       exit 2
│   └── PortalFileError     the portal file is wrong: line, key, what was expected
├── StoreError              a run folder cannot be read or written              exit 2
└── WireError               the outside could not be looked at                  becomes Missing, then Unknown
    ├── Refused             our own gate said no: scope, consent or budget      cause no-consent
    ├── SignInFailed        we could not prove to be signed in as an identity   cause not-authorised
    └── Unreachable         the other side did not answer usably                cause unreachable
        ├── NameNotFound    DNS says there is no such name or no address
        ├── ConnectionRefused  the port is closed: somebody answered, with no
        ├── TimedOut        nobody answered in time
        └── TlsFailed       there is a server, but no TLS session with it
"""


class LaunchreadyError(Exception):
    """Base of all errors raised on purpose; the text is one clear sentence for the user."""


class UsageError(LaunchreadyError):
    """What was asked cannot be done as asked."""


class PortalFileError(UsageError):
    """The portal file is wrong; the text names line, key and what was expected."""


class StoreError(LaunchreadyError):
    """A run folder cannot be read or written."""


class WireError(LaunchreadyError):
    """The outside could not be looked at."""

    settle_by = "run the audit again when the host can be reached"


class Refused(WireError):
    """Our own gate refused: out of scope, no consent, or the budget is spent."""

    def __init__(self, detail: str, settle_by: str) -> None:
        super().__init__(detail)
        self.settle_by = settle_by


class SignInFailed(WireError):
    """It could not be proved that we were signed in as an identity: the text says as whom, what was tried, and why."""

    settle_by = "correct this [[identity]], or describe its login in [login]"

    def __init__(self, detail: str, settle_by: str = settle_by) -> None:
        super().__init__(detail)
        self.settle_by = settle_by


class Unreachable(WireError):
    """The other side did not answer in a way that can be used."""


class NameNotFound(Unreachable):
    """DNS answered that there is no such name, or that it has no address."""

    settle_by = "check the name, or give [resolver] nameservers that know it"


class ConnectionRefused(Unreachable):
    """The port is closed: the machine is there and said no."""


class TimedOut(Unreachable):
    """Nobody answered in time."""


class TlsFailed(Unreachable):
    """A server answered, but no TLS session came about."""

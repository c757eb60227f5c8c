"""What of the logs could not be read, as evidence. Pure."""

from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.secrets import Gap
from launchready.verdict import Cause


def unmatched(name: str) -> Gap:
    """A path of [logs] that leads nowhere."""
    return Gap(name, Missing(Cause.NOT_COLLECTED, f"no file is called {name}", "correct `paths` in [logs]"))


def unread(name: str, error: WireError) -> Gap:
    """A file that could not be read to its end."""
    return Gap(name, Missing(Cause.NOT_COLLECTED, str(error), error.settle_by))

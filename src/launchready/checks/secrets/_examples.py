"""What the examples of this row's repository checks are made of."""

from launchready.evidence import Missing
from launchready.evidence.secrets import (
    EnvFile,
    Gap,
    HistorySecrets,
    KeyState,
    KeyStates,
    Place,
    Rotation,
    Rotations,
    Search,
    Secret,
)
from launchready.verdict import Cause

NONE_ROTATED = Rotations()
ROTATED = Rotations((Rotation("Stripe secret key in config/prod.env", "2026-03-02", "Ada Example"),))
ROTATED_EARLY = Rotations((Rotation("Stripe secret key in config/prod.env", "2025-12-31", "Ada Example"),))
NONE_ASKED = KeyStates()
DEAD = KeyStates((KeyState("~5b1f0c9d2e77", "Stripe", "dead", "2026-11-26"),))
LIVE = KeyStates((KeyState("~5b1f0c9d2e77", "Stripe", "live", "2026-11-26"),))
SHALLOW = Gap(
    "the git history",
    Missing(
        Cause.NOT_COLLECTED,
        "incomplete: the clone is shallow: older commits are not here",
        "git fetch --unshallow",
    ),
)
READ = (("commits", 412), ("blobs", 3201), ("bytes", 18_200_311))
ENV = "config/prod.env"


def secret(*places: Place, in_head: bool | None = None) -> Secret:
    """A Stripe key in these places."""
    return Secret("~5b1f0c9d2e77", "Stripe secret key", "stripe.1", 32, places, in_head=in_head)


def committed(path: str = ENV, at: str = "2026-01-14T09:12:44Z", commit: str = "1f2e3d4c5b6a7988") -> Place:
    """A place in the history."""
    return Place("history", path, 3, "", "", commit, "Ada Example", at)


def searched(
    *secrets: Secret, gaps: tuple[Gap, ...] = (), read: tuple[tuple[str, int], ...] = READ
) -> Search:
    """A search that found these."""
    return Search("Kingfisher 1.5.0", read, secrets, (), gaps)


def history(*secrets: Secret, gaps: tuple[Gap, ...] = (), env: tuple[EnvFile, ...] = ()) -> HistorySecrets:
    """A history in which these were found."""
    return HistorySecrets(searched(*secrets, gaps=gaps), env)


def env_file(path: str = ENV, *, suspects: tuple[str, ...] = (), in_head: bool = False) -> EnvFile:
    """A file of settings that was committed."""
    return EnvFile(path, "1f2e3d4c5b6a7988", "Ada Example", "2026-01-14T09:12:44Z", in_head, suspects)
